"""Events get from the spool to the server, whatever happens to either, or are counted as lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from headwater_emitters import events
from headwater_emitters.delivery import spool as spools
from headwater_emitters.delivery.courier import Client, Patience, connect, deliver
from headwater_emitters.delivery.outbox import Outbox
from headwater_emitters.delivery.spool import FOLDER, Spool, destination
from headwater_emitters.events import Job, Json, Run
from openlineage.client.event_v2 import RunEvent

from tests.services import collector, process

QUICK = Patience(idle=0, trouble=0, first=0.01, longest=0.02, glance=0.01)
BRIEF = {"idle": 0.2, "trouble": 20, "first": 0.05, "longest": 0.1, "glance": 0.01}
NO_RETRY = {"retry": {"total": 0}}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A spool of the test's own, and no configuration of the machine's."""
    for name in [name for name in os.environ if name.startswith("OPENLINEAGE")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv(FOLDER, str(tmp_path / "spool"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "spool"


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "one")


def an_event(number: int = 0) -> Json:
    run = Run(f"0195d1c0-0000-7000-8000-{number:012d}", Job("shop", "nightly"))
    facets = events.sql("SELECT 1", "postgres")
    return events.run_event("START", events.now(), run, job_facets=facets)


def put(spool: Spool, *numbers: int) -> None:
    for number in numbers:
        spool.put(json.dumps(an_event(number)).encode(), number)


class Flaky:
    """A client that fails the first `failures` times."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.sent: list[str] = []

    def emit(self, event: RunEvent) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("https://user:hunter2@host is down")
        self.sent.append(event.run.runId)


def test_what_fails_is_tried_again_in_order(spool: Spool) -> None:
    put(spool, 1, 2, 3)
    client = Flaky(2)
    status = deliver(spool, lambda: client, Patience(idle=0, trouble=5, first=0.01))
    assert [run[-1] for run in client.sent] == ["1", "2", "3"]
    assert (status.delivered, status.lost, status.trouble) == (3, 0, "")
    assert spool.waiting() == []


def test_without_hope_the_events_stay_and_the_reason_is_told(spool: Spool) -> None:
    put(spool, 1)
    status = deliver(spool, lambda: Flaky(10), QUICK)
    assert status.trouble == "ConnectionError: https://host is down"
    assert spool.status() == status
    assert len(spool.waiting()) == 1


def test_a_client_that_cannot_be_made_loses_nothing(spool: Spool) -> None:
    def no_client() -> Client:
        raise ValueError("bad configuration")

    put(spool, 1)
    assert "bad configuration" in deliver(spool, no_client, QUICK).trouble
    assert len(spool.waiting()) == 1


def test_an_event_that_is_none_is_lost_and_counted(spool: Spool) -> None:
    spool.put(b"{", 1)
    put(spool, 2)
    client = Flaky(0)
    status = deliver(spool, lambda: client, QUICK)
    assert (status.delivered, status.lost) == (1, 1)


@pytest.mark.parametrize(("answer", "lost", "waiting"), [(422, 1, 0), (400, 1, 0), (401, 0, 1)])
def test_only_what_the_server_refuses_for_good_is_lost(
    spool: Spool, answer: int, lost: int, waiting: int
) -> None:
    put(spool, 1)
    with collector.running(answer) as server:
        config = {"transport": {"type": "http", "url": server.url}}
        status = deliver(spool, lambda: connect(config), QUICK)
    assert (status.lost, len(spool.waiting())) == (lost, waiting)


def test_the_address_of_the_code_is_sent_without_its_password(spool: Spool) -> None:
    put(spool, 1)
    location = {"disabled": False, "repo_url": "https://u:hunter2@host/x"}
    config: Json = {"facets": {"source_code_location": location}}
    with collector.running() as server:
        config["transport"] = {"type": "http", "url": server.url}
        deliver(spool, lambda: connect(config), QUICK)
    facet = server.events[0]["job"]["facets"]["sourceCodeLocation"]
    assert facet["url"] == facet["repoUrl"] == "https://host/x"


def test_there_is_one_courier_to_a_spool(spool: Spool) -> None:
    with spool.courier() as first, spool.courier() as second:
        assert (first, second) == (True, False)
        assert spool.has_courier()
    assert not spool.has_courier()


def test_a_folder_that_others_may_write_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    with pytest.raises(PermissionError):
        Spool(tmp_path / "open")


def test_where_events_go_decides_the_spool_and_the_key_does_not() -> None:
    here = destination(None, {"OPENLINEAGE_URL": "http://a", "PATH": "/"})
    assert here == destination(None, {"OPENLINEAGE_URL": "http://a", "OPENLINEAGE_API_KEY": "k"})
    assert here != destination(None, {"OPENLINEAGE_URL": "http://b"})
    assert here != destination({"transport": {}}, {"OPENLINEAGE_URL": "http://a"})


@pytest.fixture
def port() -> int:
    return process.free_port()


@pytest.fixture
def outbox(port: int) -> Iterator[Outbox]:
    """An outbox of a job, for the server at `port`."""
    transport: Json = {"type": "http", "url": f"http://127.0.0.1:{port}", **NO_RETRY}
    outbox = Outbox({"transport": transport}, patience=BRIEF)
    yield outbox
    outbox.flush(0)


def until(condition: Iterator[bool]) -> None:
    for holds in condition:
        if holds:
            return
        time.sleep(0.02)
    raise AssertionError("it did not come to that")


def has_events(server: collector.Collector, count: int) -> Iterator[bool]:
    return (len(server.events) >= count for _ in range(1000))


def test_a_job_gives_its_events_to_a_courier(outbox: Outbox, port: int) -> None:
    with collector.running(port=port) as server:
        for number in range(20):
            outbox.put(an_event(number))
        outbox.flush(wait=20)
        sent = [event["run"]["runId"][-2:] for event in server.events]
        assert sent == [f"{number:02d}" for number in range(20)]
        assert server.events[0]["job"]["facets"]["sql"]["query"] == "SELECT 1"
        assert outbox.lost == 0


def test_events_are_delivered_after_the_server_comes_back(outbox: Outbox, port: int) -> None:
    outbox.put(an_event(1))
    outbox.flush(None)
    with collector.running(500, port) as server:
        until(server.requests > 0 for _ in range(1000))
        server.status = 201
        until(has_events(server, 1))


def test_events_of_a_job_that_was_killed_are_delivered(folder: Path) -> None:
    """Its courier outlives it; and what nobody delivered, the command does."""
    program = (
        "import os, signal\n"
        "from headwater_emitters.delivery.outbox import Outbox\n"
        "from tests.unit.ingest.emitters.test_delivery import BRIEF, an_event\n"
        "Outbox(None, patience=BRIEF).put(an_event(1))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    path = [str(Path(__file__).parents[4]), *sys.path]
    with collector.running() as server:
        environment = os.environ | {
            "OPENLINEAGE_URL": server.url,
            "PYTHONPATH": os.pathsep.join(path),
        }
        killed = subprocess.run([sys.executable, "-c", program], env=environment, check=False)
        assert killed.returncode == -signal.SIGKILL
        until(has_events(server, 1))
        until(not Spool(one).has_courier() for _ in range(1000) for one in folder.iterdir())
        [one] = folder.iterdir()
        put(Spool(one), 2)
        done = subprocess.run(
            [sys.executable, "-m", "headwater_emitters"],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
    assert done.stdout.startswith("1 delivered, 0 refused, 0 waiting")
    assert len(server.events) == 2


def test_what_does_not_fit_is_lost_and_counted(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("headwater_emitters.delivery.outbox.MOST_EVENTS", 2)
    for number in range(5):
        outbox.put(an_event(number))
    assert outbox.lost == 3


def test_without_a_place_for_the_spool_events_are_lost_and_counted(
    outbox: Outbox, folder: Path
) -> None:
    folder.write_text("a file")
    outbox.put(an_event())
    outbox.flush(None)
    assert outbox.lost == 1
    assert spools.FOLDER in os.environ

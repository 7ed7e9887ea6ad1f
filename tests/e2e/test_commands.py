"""What people say of things counts, whatever producers say, and outlives the graph."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.e2e.events import facet, run_event
from tests.e2e.server import Server, headwater

STATE = "name consumer criticality owners { name } acknowledgements { change by why until }"
TYPES = {
    "thing": "ThingInput!",
    "by": "String!",
    "sort": "ConsumerSort",
    "reads": "[ThingInput!]",
    "owners": "[String!]",
    "criticality": "Criticality",
    "change": "String!",
    "why": "String!",
    "until": "Date!",
}
NUMBERS = count()


@dataclass(slots=True)
class World:
    """A table, and a job that reads it whose producer names owner, criticality and mark."""

    server: Server
    space: str

    def named(self, sort: str, name: str) -> dict[str, Any]:
        """Name a thing of this world."""
        return {sort: {"namespace": self.space, "name": name}}

    @property
    def load(self) -> dict[str, Any]:
        """The job."""
        return self.named("job", "load")

    @property
    def orders(self) -> dict[str, Any]:
        """The table."""
        return self.named("dataset", "orders")

    def column(self, name: str) -> dict[str, Any]:
        """A column of the table: id or amount."""
        return {"column": {"namespace": self.space, "name": "orders", "column": name}}

    def send(self, time: str = "2026-03-01T00:00:00Z", **more: Any) -> httpx.Response:
        """Let the job run."""
        marks = {"headwater.criticality": "low", "headwater.consumer": "export"}
        event = run_event(job="load", time=time)
        event["job"]["namespace"] = self.space
        event["job"]["facets"] = {
            "ownership": facet(owners=[{"name": "team:data"}]),
            "tags": facet(tags=[{"key": key, "value": value} for key, value in marks.items()]),
        }
        schema = facet(fields=[{"name": "id"}, {"name": "amount"}])
        facets = {"schema": schema}
        event["inputs"] = [{"namespace": self.space, "name": "orders", "facets": facets}]
        return self.server.post({**event, **more}, "/api/v1/lineage?wait=true")

    def command(self, mutation: str, **variables: Any) -> dict[str, Any]:
        """Command something of a thing, and give what is then said of it."""
        return self.server.ask(_document(mutation, variables), **variables)[mutation]

    def refusal(self, mutation: str, **variables: Any) -> str:
        """Command what is refused; give the code."""
        answer = self.server.ask_for_all(_document(mutation, variables), **variables)
        [error] = answer["errors"]
        assert error["message"]
        return error["extensions"]["code"]

    def consumers(self, of: dict[str, Any]) -> list[tuple[str, str | None, int]]:
        """Who uses a thing in the end: name, mark, distance."""
        question = """query ($of: ThingInput!) {
          consumers(of: $of) { found { edges { node { mark depth thing { name } } } } } }"""
        found = self.server.ask(question, of=of)["consumers"]["found"]["edges"]
        nodes = [edge["node"] for edge in found]
        return [(one["thing"]["name"], one["mark"], one["depth"]) for one in nodes]


def _document(mutation: str, variables: dict[str, Any]) -> str:
    declared = ", ".join(f"${name}: {TYPES[name]}" for name in variables)
    given = ", ".join(f"{name}: ${name}" for name in variables)
    return f"mutation ({declared}) {{ {mutation}({given}) {{ {STATE} }} }}"


def names(owners: list[dict[str, str]]) -> list[str]:
    """The owners' names."""
    return [owner["name"] for owner in owners]


@pytest.fixture
def world(server: Server) -> World:
    """A world apart from those of other tests; the job has run once."""
    world = World(server, f"postgres://db{next(NUMBERS)}:5432")
    world.send()
    return world


def test_a_command_wins_over_earlier_and_later_events_until_it_is_taken_back(world: World) -> None:
    """Owners, criticality and mark alike."""
    load, by = world.load, "ana"
    world.command("setOwner", thing=load, owners=["team:finance", "ben"], by=by)
    world.command("setCriticality", thing=load, criticality="HIGH", by=by)
    said = world.command("markConsumer", thing=load, sort="REPORT", by=by)
    world.send("2036-03-01T00:00:00Z")
    for state in (said, world.command("setCriticality", thing=load, criticality="HIGH", by=by)):
        assert names(state["owners"]) == ["team:finance", "ben"]
        assert (state["criticality"], state["consumer"]) == ("HIGH", "report")
    world.command("setOwner", thing=load, by=by)
    world.command("setCriticality", thing=load, by=by)
    back = world.command("markConsumer", thing=load, by=by)
    assert names(back["owners"]) == ["team:data"]
    assert (back["criticality"], back["consumer"]) == ("LOW", "export")


def test_a_job_that_writes_is_no_reader(world: World) -> None:
    """What it only looks at, beside what it writes, makes it none."""
    amount = world.column("amount")
    world.command("markConsumer", thing=world.load, sort="NONE", by="ana")
    looks, writes = "select max(amount) from orders", "insert into log select id from orders; "
    for run, (sql, found) in enumerate(
        [(looks, [("audit", None, 1)]), (writes + looks, []), (looks + " where id > 1", [])]
    ):
        audit = run_event(job="audit", run=run, time=f"2026-04-01T0{run}:00:00Z")
        audit["job"]["namespace"] = world.space
        audit["job"]["facets"] = {"sql": facet(query=sql)}
        audit["inputs"] = [{"namespace": world.space, "name": "orders"}]
        if run == 2:  # told by the event alone
            audit["outputs"] = [{"namespace": world.space, "name": "log"}]
        world.server.post(audit, "/api/v1/lineage?wait=true")
        assert world.consumers(amount) == found, sql


def test_what_is_said_to_be_no_consumer_is_none(world: World) -> None:
    """Neither by its producer's mark nor as a reader; an owner can be nobody."""
    amount = world.column("amount")
    assert world.consumers(amount) == [("load", "export", 1)]
    said = world.command("markConsumer", thing=world.load, sort="NONE", by="ana")
    assert said["consumer"] is None
    assert world.consumers(amount) == []
    assert world.command("setOwner", thing=world.load, owners=[], by="ana")["owners"] == []


@pytest.mark.parametrize("sort", ["job", "dataset"])
def test_a_dashboard_that_sends_no_events_is_a_consumer(world: World, sort: str) -> None:
    """It was never heard of; what it reads is declared, replaced, and ends with the mark."""
    board, amount, identifier = (
        world.named(sort, "board"),
        world.column("amount"),
        world.column("id"),
    )
    here, other = ("board", "dashboard", 1), ("load", "export", 1)
    mark = {"thing": board, "sort": "DASHBOARD", "by": "ana"}
    world.command("markConsumer", **mark, reads=[amount])
    assert world.consumers(amount) == [here, other]
    assert world.consumers(identifier) == [other]
    world.command("markConsumer", **{**mark, "sort": "REPORT"})
    assert world.consumers(amount)[0] == ("board", "report", 1)
    world.command("markConsumer", **mark, reads=[world.orders])
    assert here in world.consumers(identifier)
    question = """query ($of: ThingInput!) { lineage(roots: [$of], grain: DATASET) {
      links { edges { node { via { name } evidence { tier authoritative } } } } } }"""
    links = world.server.ask(question, of=world.orders)["lineage"]["links"]["edges"]
    [evidence] = [one["node"]["evidence"] for one in links if one["node"]["via"]["name"] == "board"]
    assert evidence[0] == {"tier": "DECLARED", "authoritative": True}
    world.command("markConsumer", thing=board, by="ana")
    assert world.consumers(identifier) == [other]


def test_an_acknowledgement_holds_under_each_name_of_its_thing(world: World) -> None:
    """One that was given before the names met is listed once, and withdrawn by either."""
    words = {
        "change": "removed orders.amount",
        "by": "ana",
        "why": "it goes",
        "until": "2999-01-01",
    }
    world.command("acknowledge", thing=world.orders, **words)
    table = {"namespace": world.space, "name": "shop.public.orders", "type": "TABLE"}
    inputs = [
        {
            "namespace": world.space,
            "name": "orders",
            "facets": {"symlinks": facet(identifiers=[table])},
        }
    ]
    world.send("2026-04-01T00:00:00Z", inputs=inputs)
    renamed = world.named("dataset", "shop.public.orders")
    again = {**words, "why": "it really goes"}
    assert world.command("acknowledge", thing=renamed, **again)["acknowledgements"] == [again]
    question = "{ acknowledgements { edges { node { name namespace why } } } }"
    listed = world.server.ask(question)["acknowledgements"]["edges"]
    assert [edge["node"] for edge in listed if edge["node"]["namespace"] == world.space] == [
        {"name": "shop.public.orders", "namespace": world.space, "why": "it really goes"}
    ]
    withdrawn = {"thing": world.orders, "change": words["change"], "by": "ben"}
    assert world.command("withdrawAcknowledgement", **withdrawn)["acknowledgements"] == []


def test_an_acknowledgement_is_kept_until_it_is_withdrawn(world: World) -> None:
    change, load = "removed shop.orders.amount", world.load
    words = {"change": change, "by": "ana", "why": "moves to net", "until": "2999-12-31"}
    assert world.command("acknowledge", thing=load, **words)["acknowledgements"] == [words]
    question = "{ acknowledgements { edges { node { change name namespace } } } }"
    listed = world.server.ask(question)["acknowledgements"]["edges"]
    here = {"change": change, "name": "load", "namespace": world.space}
    assert here in [one["node"] for one in listed]
    again = {**words, "why": "still"}
    assert world.command("acknowledge", thing=load, **again)["acknowledgements"] == [again]
    withdrawn = {"thing": load, "change": change, "by": "ana"}
    assert world.command("withdrawAcknowledgement", **withdrawn)["acknowledgements"] == []
    assert world.refusal("withdrawAcknowledgement", **withdrawn) == "invalid"


def test_what_cannot_be_commanded_is_refused_with_a_code(world: World) -> None:
    """Nothing of it is stored."""
    load, board, amount = world.load, world.named("job", "board"), world.column("amount")
    nowhere, half = world.named("dataset", "nowhere"), world.named("job", "\ud800")
    accepted = {"thing": load, "change": "removed t.a", "why": "w", "until": "2999-01-01"}
    refused: list[tuple[str, dict[str, Any], str]] = [
        ("setOwner", {"thing": nowhere, "owners": ["a"]}, "not_found"),
        ("setOwner", {"thing": load, "owners": [" "]}, "invalid"),
        ("setOwner", {"thing": load, "owners": ["a" * 9_000]}, "invalid"),
        ("setOwner", {"thing": load, "owners": ["a"], "by": ""}, "invalid"),
        ("setOwner", {"thing": {"id": "garbage"}, "owners": ["a"]}, "invalid"),
        ("setCriticality", {"thing": amount, "criticality": "LOW"}, "invalid"),
        ("markConsumer", {"thing": amount, "sort": "AGENT"}, "invalid"),
        ("markConsumer", {"thing": board, "reads": [nowhere]}, "not_found"),
        ("markConsumer", {"thing": board, "reads": [load]}, "invalid"),
        ("markConsumer", {"thing": half, "sort": "AGENT"}, "invalid"),
        ("acknowledge", {**accepted, "until": "2020-01-01"}, "invalid"),
        ("acknowledge", {**accepted, "change": "breaks t.a"}, "invalid"),
        ("acknowledge", {**accepted, "change": "removed"}, "invalid"),
        ("acknowledge", {**accepted, "why": ""}, "invalid"),
    ]
    before = httpx.get(f"{world.server.url}/health/ready").json()["log"]
    for mutation, given, code in refused:
        assert world.refusal(mutation, **{"by": "ana", **given}) == code, (mutation, given)
    assert httpx.get(f"{world.server.url}/health/ready").json()["log"] == before


def test_no_event_speaks_for_people(world: World) -> None:
    """An event that claims the producer of commands is nobody's, with a warning."""
    world.command("setOwner", thing=world.load, owners=["ana"], by="ana")
    answer = world.send("2036-01-01T00:00:00Z", producer="headwater:command").json()
    assert "producer_reserved" in [one["code"] for one in answer["warnings"]]
    state = world.command("setCriticality", thing=world.load, criticality="LOW", by="ana")
    assert names(state["owners"]) == ["ana"]


def test_commands_outlive_the_graph(fresh_server: Server, tmp_path: Path) -> None:
    """A graph made anew from the log is the same, and says the same."""
    world = World(fresh_server.start(), "db")
    world.send()
    board, amount = world.named("job", "board"), world.column("amount")
    world.command("setOwner", thing=world.load, owners=["ana"], by="ana")
    world.command("markConsumer", thing=board, sort="DASHBOARD", by="ana", reads=[amount])
    fresh_server.stop()
    data = ("--data", str(tmp_path / "data"))
    verified = json.loads(headwater("verify", *data, "--format", "json").stdout)
    assert verified["same"] is True
    assert verified["graph"] in headwater("rebuild", *data).stdout.decode()
    fresh_server.start()
    assert world.consumers(amount)[0] == ("board", "dashboard", 1)

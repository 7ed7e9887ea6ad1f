"""`headwater ingest events` takes what transports leave in files, and says what it refuses."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import anyio

from catalog.log.sqlite import open_log
from tests.e2e.events import run_event
from tests.e2e.server import headwater


def ingest(data: Path, *arguments: str, stdin: bytes = b"") -> tuple[int, dict[str, Any], str]:
    """Run the command; give its exit code, its JSON answer and what it said besides."""
    done = headwater(
        "ingest", "events", *arguments, "--data", str(data), "--format", "json", stdin=stdin
    )
    return done.returncode, json.loads(done.stdout or b"{}"), done.stderr.decode()


def test_files_of_all_shapes_in_a_folder(tmp_path: Path) -> None:
    """One value spread over lines, an array, lines, gzip; other files are left alone."""
    folder = tmp_path / "events" / "deep"
    folder.mkdir(parents=True)
    (folder / "one.json").write_text(json.dumps(run_event(run=1), indent=2))
    (folder / "array.json").write_text(json.dumps([run_event(run=2), run_event(run=3)]))
    lines = "\n\n".join(json.dumps(run_event(run=run)) for run in (4, 5))
    (folder / "lines.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    (folder / "notes.txt").write_text("no events")
    data = tmp_path / "data"
    assert ingest(data, str(tmp_path / "events"))[:2] == (
        0,
        {"new": 5, "repeated": 0, "refused": [], "warnings": {}},
    )
    assert ingest(data, str(folder / "one.json"))[1]["repeated"] == 1
    assert headwater("verify", "--data", str(data)).returncode == 0


def test_what_is_refused_is_named_with_its_place(tmp_path: Path) -> None:
    """The rest is stored; the exit code says that something was refused."""
    text = "\n".join([json.dumps(run_event()), "{", json.dumps({"job": 1})])
    code, answer, _ = ingest(tmp_path, "-", stdin=text.encode())
    assert (code, answer["new"]) == (1, 1)
    assert [one["place"] for one in answer["refused"]] == ["-:2", "-:3"]


def test_a_file_that_is_missing_is_a_usage_error(tmp_path: Path) -> None:
    """Nothing is made or changed."""
    code, _, said = ingest(tmp_path / "data", str(tmp_path / "nothing.json"))
    assert code == 2
    assert "does not exist" in said
    assert not (tmp_path / "data").exists()


def test_a_log_that_a_server_holds_is_left_alone(tmp_path: Path) -> None:
    """The error says what to do."""

    log = open_log(tmp_path / "log.db")
    try:
        code, _, said = ingest(tmp_path, "-", stdin=b"")
        assert code == 3
        assert "error:" in said
    finally:
        anyio.run(log.close)


def test_nothing_is_no_graph_that_is_right(tmp_path: Path) -> None:
    verified = headwater("verify", "--data", str(tmp_path))
    assert verified.returncode == 3
    assert b"is empty" in verified.stderr

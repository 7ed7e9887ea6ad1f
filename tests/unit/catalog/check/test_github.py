"""What is sent to GitHub is what its published description takes."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest
import yaml

from catalog.check.github.comment import MARKER
from tests.conftest import CACHE, ROOT
from tests.services import npm
from tests.unit.catalog.check.projects import WITHOUT_AMOUNT, checked

COMMIT = "6dcb09b5b57875f334f61aebed695e2e4193db5e"
DESCRIPTION = "@octokit/openapi@23.0.2"


@dataclass(slots=True)
class Host:
    """A server that keeps comments and check runs as GitHub does, and what it was asked.

    `denied`: paths to which it answers that there is no permission.
    """

    port: int = 0
    status: int = 0  # instead of an answer
    denied: str = "nothing"
    comments: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    asked: list[tuple[str, str, Any]] = field(default_factory=list[tuple[str, str, Any]])


def handler(host: Host) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body: dict[str, Any] = json.loads(self.rfile.read(length)) if length else {}
            path = self.path.partition("?")[0]
            host.asked.append((self.command, path, body))
            found: Any = host.comments
            if "check-runs" in path:
                found = {"id": 11}
            elif self.command == "POST":
                host.comments.append({"id": len(host.comments) + 1, **body})
                found = host.comments[-1]
            elif self.command == "PATCH":
                found = host.comments[int(path.rpartition("/")[2]) - 1]
                found.update(body)
            data = json.dumps(found).encode()
            self.send_response(403 if host.denied in path else host.status or 200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = answer  # noqa: N815 (names of http.server)

    return Handler


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """A workflow's environment for pull request 7."""
    made = Host()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(made))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    event = tmp_path / "event.json"
    event.write_text(f'{{"pull_request": {{"number": 7, "head": {{"sha": "{COMMIT}"}}}}}}')
    monkeypatch.setenv("GITHUB_API_URL", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("GITHUB_REPOSITORY", "ada/warehouse")
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(event))
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def description() -> dict[str, Any]:
    """GitHub's own description of its API, as npm has it."""
    file = npm.provide(DESCRIPTION, "generated/api.github.com.json", CACHE)
    return msgspec.json.decode(file.read_bytes())


def described(description: dict[str, Any], method: str, path: str, body: dict[str, Any]) -> None:
    """The path is one of GitHub's, and its body is what that takes."""
    template = next(
        known
        for known in description["paths"]
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", known), path)
        and method.lower() in description["paths"][known]
    )
    operation = description["paths"][template][method.lower()]
    if not body:
        assert "requestBody" not in operation or not operation["requestBody"].get("required")
        return
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    jsonschema_rs.validate(schema, body)


def test_one_comment_is_written_and_then_kept_up_to_date(
    tmp_path: Path, host: Host, description: dict[str, Any]
) -> None:
    checked(tmp_path / "1", WITHOUT_AMOUNT, "--github")
    checked(tmp_path / "2", {}, "--github")
    assert [(method, path) for method, path, _ in host.asked] == [
        ("POST", "/repos/ada/warehouse/check-runs"),
        ("GET", "/repos/ada/warehouse/issues/7/comments"),
        ("POST", "/repos/ada/warehouse/issues/7/comments"),
        ("GET", "/repos/ada/warehouse/issues/7/comments"),
        ("PATCH", "/repos/ada/warehouse/issues/comments/1"),
    ]
    for method, path, body in host.asked:
        described(description, method, path, body)
    (comment,) = host.comments
    assert comment["body"] == f"{MARKER}\n### ✅ Headwater: Nothing is changed.\n"


def test_nothing_is_said_when_nothing_changed(tmp_path: Path, host: Host) -> None:
    checked(tmp_path, {}, "--github")
    assert [method for method, _, _ in host.asked] == ["GET"]


def test_a_check_run_notes_breaks_in_their_lines(
    tmp_path: Path, host: Host, description: dict[str, Any]
) -> None:
    """Fifty notes at once; the rest is added. The runner is not told them again."""
    many = {f"reader_{number}.sql": "SELECT amount FROM orders\n" for number in range(120)}
    result = checked(tmp_path, {**WITHOUT_AMOUNT, **many}, "--github")
    runs = [(method, body) for method, path, body in host.asked if "check-runs" in path]
    assert [(method, len(body["output"]["annotations"])) for method, body in runs] == [
        ("POST", 50),
        ("PATCH", 50),
        ("PATCH", 21),
    ]
    for method, path, body in host.asked:
        described(description, method, path, body)
    (_, made), *_ = runs
    assert (made["head_sha"], made["conclusion"]) == (COMMIT, "failure")
    assert made["output"]["annotations"][0] == {
        "path": "models/daily.sql",
        "start_line": 2,
        "end_line": 2,
        "start_column": 19,
        "end_column": 19,
        "annotation_level": "failure",
        "title": "daily: BREAKS",
        "message": 'There is no column "amount" here.',
    }
    assert "::error" not in result.stdout


def test_without_leave_for_check_runs_the_runner_notes_and_the_comment_is_written(
    tmp_path: Path, host: Host
) -> None:
    host.denied = "check-runs"
    result = checked(tmp_path, WITHOUT_AMOUNT, "--github")
    assert result.stdout.splitlines()[0] == (
        "::error file=models/daily.sql,line=2,col=19,title=daily%3A BREAKS::"
        'There is no column "amount" here.'
    )
    assert "no check run was made" in result.stderr.replace("\n", " ")
    assert len(host.comments) == 1


def test_on_a_fork_there_is_no_token_and_the_runner_and_the_summary_tell(
    tmp_path: Path, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_TOKEN")
    result = checked(tmp_path, WITHOUT_AMOUNT, "--github")
    assert result.exit_code == 1
    assert host.asked == []
    assert result.stdout.startswith("::error file=models/daily.sql")
    assert "daily" in (tmp_path / "summary.md").read_text()


@pytest.mark.parametrize("status", [401, 403, 404, 500])
def test_without_permission_the_check_goes_on(tmp_path: Path, host: Host, status: int) -> None:
    host.status = status
    result = checked(tmp_path, WITHOUT_AMOUNT, "--github")
    assert result.exit_code == 1
    assert "no comment was written" in result.stderr
    assert "secret" not in result.output


def test_the_action_runs_the_check_and_takes_no_text_into_its_script() -> None:
    """What a pull request names (branches, inputs) reaches the shell as variables alone."""
    file = ROOT / ".github" / "actions" / "check" / "action.yml"
    action = yaml.safe_load(file.read_text())
    scripts = [step["run"] for step in action["runs"]["steps"] if "run" in step]
    assert action["runs"]["using"] == "composite"
    assert any("headwater check" in script for script in scripts)
    assert [script for script in scripts if "${{" in script] == []

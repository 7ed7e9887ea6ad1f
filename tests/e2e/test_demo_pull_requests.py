"""Pull requests in the demo company's repositories, as their reviewers see them.

The comments were judged as their reviewers would; the demo is asked as a workflow would.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import ingest.demo
from tests.e2e.server import Server

REPOSITORIES = Path(ingest.demo.__file__).parent / "repositories"
GOLDEN = Path(__file__).parents[1] / "golden" / "pull_requests"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo, running."""
    server = Server(tmp_path_factory.mktemp("demo"), command="demo")
    try:
        yield server.start()
    finally:
        server.stop()


def edited(folder: Path, repository: str, file: str, **edits: str) -> Path:
    """A copy of a repository in which a file says something else."""
    head = folder / repository
    shutil.copytree(REPOSITORIES / repository, head)
    text = (head / file).read_text()
    assert edits["before"] in text
    (head / file).write_text(text.replace(edits["before"], edits["after"]))
    return head


def comment(demo: Server, repository: str, head: Path, form: str = "markdown") -> tuple[int, str]:
    """The exit code, and the comment on the pull request, or the report in another form."""
    command = [sys.executable, "-m", "catalog", "check", "--no-cache", "--format", form]
    done = subprocess.run(
        [*command, "--base", REPOSITORIES / repository, "--head", head, "--server", demo.url],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    return done.returncode, done.stdout


def test_a_column_is_dropped_two_repositories_away_from_a_report(
    demo: Server, tmp_path: Path
) -> None:
    """Finance's own pipeline reads the mart, and the board's report what that pipeline posts."""
    mart = "models/marts/fct_bookings.sql"
    head = edited(tmp_path, "warehouse", mart, before=" r.refunded_eur,", after="")
    expected = (GOLDEN / "dropped_column.md").read_text()
    assert comment(demo, "warehouse", head) == (1, expected)


def test_a_rename_breaks_a_spark_job_that_sends_no_sql(demo: Server, tmp_path: Path) -> None:
    """What it reads is known by its column lineage alone; the dashboard's SQL is a proof."""
    mart = "models/marts/customer_value.sql"
    head = edited(tmp_path, "warehouse", mart, before="as value_decile", after="as decile")
    expected = (GOLDEN / "renamed_column.md").read_text()
    assert comment(demo, "warehouse", head) == (1, expected)


def test_a_policys_column_is_dropped_that_a_chatbot_answers_with(
    demo: Server, tmp_path: Path
) -> None:
    """By documents, passages and the chatbot's own steps, which hand over to each other."""
    fee = "    excess_fee numeric(8,2),\n"
    head = edited(tmp_path, "service", "tables/policy.sql", before=fee, after="")
    expected = (GOLDEN / "policy_column.md").read_text()
    assert comment(demo, "service", head) == (1, expected)
    _, text = comment(demo, "service", head, "text")
    assert "policy_documents\n" in text  # of a recorded link there is no line to point to

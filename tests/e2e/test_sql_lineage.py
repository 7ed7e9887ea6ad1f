"""`headwater sql lineage` as a program sees it: lines in, lines out, whatever the lines are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.golden.builds import judged
from tests.golden.statements import FILES, read

COMMAND = (sys.executable, "-m", "catalog", "sql", "lineage", "--jsonl")


def answered(*lines: str, options: tuple[str, ...] = (), seed: str = "random") -> bytes:
    """The output for these lines."""
    done = subprocess.run(
        [*COMMAND, *options],
        input="\n".join(lines).encode(),
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=True,
    )
    return done.stdout


def told(*lines: str, options: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The answers to these lines."""
    return [json.loads(line) for line in answered(*lines, options=options).splitlines()]


def request(number: int, sql: str, **more: object) -> str:
    """A line of the contract."""
    return json.dumps({"id": number, "sql": sql, **more})


def select(what: str) -> str:
    """A query of a table that nothing is known of."""
    return f"select {what} from t"  # noqa: S608 (nothing runs it)


def slow(number: int) -> str:
    """A line that takes long: one sum of very many terms."""
    return request(number, select(" + ".join(f"a{n}" for n in range(200_000))))


@pytest.mark.parametrize(("requirement", "compiled"), [("sqlglot", False), ("sqlglot[c]", True)])
def test_the_statements_written_by_hand_hold_on_both_builds(
    requirement: str, compiled: bool
) -> None:
    assert judged(requirement) == {"compiled": compiled, "statements": len(FILES), "wrong": {}}


def test_every_run_gives_the_same_bytes() -> None:
    lines = [
        request(number, golden.sql, dialect=golden.dialect, schema=golden.schema)
        for number, golden in enumerate(map(read, FILES))
    ]

    first, *others = [answered(*lines, seed=seed) for seed in ("0", "1", "4711")]

    assert first.count(b"\n") == len(FILES)
    assert others == [first, first]


def test_lines_that_are_no_requests_are_answered_in_their_place() -> None:
    answers = told(
        "{", request(1, "select a from t"), "[]", '{"id": 2}', "", request(3, "select a from")
    )

    assert [answer["id"] for answer in answers] == [None, 1, None, 2, 3]
    codes = [answer["error"] and answer["error"]["code"] for answer in answers]
    assert codes == ["syntax", None, "syntax", "unsupported", "syntax"]


def test_a_statement_that_takes_too_long_is_stopped_and_the_next_is_answered() -> None:
    answers = told(
        slow(1), request(2, "select a from t"), slow(3), request(4, "select b from t"),
        options=("--limit", "0.2"),
    )  # fmt: skip

    codes = [answer["error"] and answer["error"]["code"] for answer in answers]
    assert codes == ["timeout", None, "timeout", None]


def test_deep_nesting_is_told_and_the_next_is_answered() -> None:
    deep = "(" * 5_000 + "1" + ")" * 5_000
    cases = "case when a then " * 3_000 + "1" + " end" * 3_000
    queries = "select * from (" * 2_000 + "select 1" + ")" * 2_000
    lines = [request(n, select(one)) for n, one in enumerate((deep, cases))]

    answers = told(*lines, request(2, queries), request(3, "select a from t"))

    codes = [answer["error"] and answer["error"]["code"] for answer in answers]
    assert codes == ["too_deep", "too_deep", "too_deep", None]


def test_a_long_sum_is_no_deep_one() -> None:
    [answer] = told(request(1, select(" + ".join(["a"] * 3_000) + " as x")))

    assert answer["error"] is None
    assert answer["columns"]["x"]["direct"] == [["t", "a", "TRANSFORMATION"]]


def test_an_answer_does_not_wait_for_more_input() -> None:
    process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin
    assert process.stdout
    with process:
        process.stdin.write(request(1, "select a from t").encode() + b"\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        process.stdin.close()

    assert answer["id"] == 1
    assert process.returncode == 0


def test_a_wide_table_and_a_long_statement_are_read() -> None:
    columns = {f"c{n}": "int" for n in range(5_000)}
    long = ", ".join(f"c{n} + {n:0190d} as d{n}" for n in range(5_000))
    sql = select(f"*, {long}")
    assert len(sql) > 1_000_000

    [answer] = told(request(1, sql, schema={"t": columns}), options=("--limit", "60"))

    assert answer["error"] is None
    assert len(answer["columns"]) == 10_000

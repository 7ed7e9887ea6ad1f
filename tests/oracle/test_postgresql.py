"""The engine against PostgreSQL: what binds, also with a column less or more, to which types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlglot.expressions import DataType, DType

from ingest.sql.errors import Problem
from ingest.sql.relation import Column
from ingest.sql.rules import rules_of
from ingest.sql.schema import schema_of
from ingest.sql.script import bind_script
from ingest.sql.types.kinds import DECIMALS, TEXTS, element_of, kind_of
from tests.oracle.database import Bound, ErrorClass, Refused
from tests.oracle.effort import chosen
from tests.oracle.grammar.construct import Construct
from tests.oracle.grammar.draw import Draw
from tests.oracle.grammar.schema import Schema, Table, some_columns, with_one_more
from tests.oracle.grammar.statement import Statement, statement, world
from tests.oracle.postgresql import FOREIGN, PostgreSQL, as_request
from tests.oracle.shrink import shrunk

WORLDS = chosen().worlds // 5
STATEMENTS = 60
EDITS = 3
NOT_NAMES = frozenset({ErrorClass.SYNTAX, ErrorClass.TYPE, ErrorClass.OTHER})
"""What is refused for other reasons than names: the engine need not know, and may see another."""


@dataclass(frozen=True)
class Disagreement:
    sql: str
    edited: Table | None
    truth: str
    said: str


@dataclass(frozen=True)
class Judged:
    """What came of all worlds."""

    disagreements: tuple[Disagreement, ...]
    verdicts: Counter[str]
    constructs: Counter[Construct]


@pytest.fixture(scope="module")
def judged(postgresql: str) -> Judged:
    found: list[Disagreement] = []
    verdicts: Counter[str] = Counter()
    constructs: Counter[Construct] = Counter()
    for number in range(WORLDS):
        made = world(number)
        first = number * STATEMENTS
        drawn = [statement(made, at) for at in range(first, first + STATEMENTS)]
        with PostgreSQL(postgresql, made.schema) as server:
            for edited in edits(made.schema, number):
                for each in drawn:
                    if each.constructs & FOREIGN or not concerns(each, edited):
                        continue
                    verdict, disagreement = compared(server, made.schema, each.sql, edited)
                    verdicts[verdict] += 1
                    constructs.update(each.constructs if verdict == "binds" else ())
                    if disagreement is not None:
                        found.append(smaller(server, made.schema, disagreement))
    return Judged(tuple(found), verdicts, constructs)


def edits(schema: Schema, number: int) -> Iterator[Table | None]:
    """The schema as it is (None), and each with a column less or a column more."""
    draw = Draw(f"postgresql {number}")
    yield None
    yield from (table.without(column.name) for table, column in some_columns(draw, schema, EDITS))
    yield from (with_one_more(draw, schema) for _ in range(EDITS))


def concerns(statement: Statement, edited: Table | None) -> bool:
    return edited is None or edited.name in statement.sql


def compared(
    server: PostgreSQL, schema: Schema, sql: str, edited: Table | None
) -> tuple[str, Disagreement | None]:
    """PostgreSQL's verdict on the statement, and where the engine says otherwise."""
    if edited is None:
        truth = server.bind(sql)
    else:
        with server.redefined(edited):
            truth = server.bind(sql)
    columns, problems = told(sql, schema if edited is None else schema.redefined(edited))
    said = "; ".join(f"{one.code}: {one.message}" for one in problems) or f"binds: {shown(columns)}"
    if isinstance(truth, Refused):
        agree = truth.error in {*NOT_NAMES, *(one.code for one in problems)}
        right = f"{truth.error}: {truth.message}"
        return truth.error, None if agree else Disagreement(sql, edited, right, said)
    agree = not problems and (not truth.outputs or same(truth, columns))
    return "binds", None if agree else Disagreement(sql, edited, f"binds: {truth.outputs}", said)


def told(sql: str, schema: Schema) -> tuple[tuple[Column, ...], list[Problem]]:
    """The columns of a query, and what is wrong: PostgreSQL tells one of several errors."""
    script = bind_script(sql, schema_of(as_request(schema), rules_of("postgres")))
    problems = [
        *script.problems,
        *(one for bound in script.statements for one in bound.told.problems),
    ]
    outputs = [output for bound in script.statements for output in bound.outputs]
    columns = tuple(outputs[0].columns) if outputs else ()
    return columns, problems


def same(truth: Bound, columns: tuple[Column, ...]) -> bool:
    """Equal names in order, and equal types where the engine tells one."""
    if [name for name, _ in truth.outputs] != [column.name for column in columns]:
        return False
    return all(
        column.type is None or family(column.type) == family(DataType.build(type_, "postgres"))
        for (_, type_), column in zip(truth.outputs, columns, strict=True)
        if type_ not in ("unknown", "record")
    )


def family(type_: DataType) -> tuple[DType, ...]:
    """A type without sizes; texts are one, since what PostgreSQL calls them says no more."""
    kind, element = kind_of(type_), element_of(type_)
    if element is not None:
        return (DType.ARRAY, *family(element))
    return (DType.TEXT if kind in TEXTS else DType.DECIMAL if kind in DECIMALS else kind,)


def shown(columns: tuple[Column, ...]) -> str:
    return ", ".join(
        f"{one.name} {one.type.sql('postgres') if one.type else '?'}" for one in columns
    )


def smaller(server: PostgreSQL, schema: Schema, found: Disagreement) -> Disagreement:
    """The same over a smaller statement."""

    def kind(one: Disagreement) -> tuple[str, str]:
        return one.truth.split(":", 1)[0], one.said.split(":", 1)[0]

    def fails(sql: str) -> bool:
        _, again = compared(server, schema, sql, found.edited)
        return again is not None and kind(again) == kind(found)

    sql = shrunk(found.sql, fails, "postgres")
    _, again = compared(server, schema, sql, found.edited)
    return again or found


def test_names_and_types_are_postgresqls(judged: Judged) -> None:
    assert judged.disagreements == ()


def test_enough_is_judged(judged: Judged) -> None:
    """Statements that bind, statements that do not; nothing that PostgreSQL has is left out."""
    refused = sum(judged.verdicts[one] for one in set(ErrorClass) - NOT_NAMES)
    assert judged.verdicts["binds"] > WORLDS * 50
    assert refused > WORLDS * 10
    missing = set(Construct) - FOREIGN - set(judged.constructs)
    assert missing == {
        Construct.LATERAL_ALIAS,  # which is there to be refused
    }

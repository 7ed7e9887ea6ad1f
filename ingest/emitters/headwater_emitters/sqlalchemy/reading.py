"""Statements as an engine executes them, read into what is told of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from sqlalchemy.engine import Connection

from headwater_emitters.events import Dataset, Job
from headwater_emitters.sql.statement import Statement, Table, read
from headwater_emitters.sql.tokens import Lexis, tokenize
from headwater_emitters.sql.wording import LONGEST, Wording, wording
from headwater_emitters.sqlalchemy.place import Place, place_of
from headwater_emitters.sqlalchemy.runs import Telling
from headwater_emitters.sqlalchemy.tables import Described, dataset, describe, is_system

_IN_A_NAME = 3
"""Tables that the name of a statement that only reads is made of."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement with its text and what it names; system tables are left out."""

    statement: Statement
    wording: Wording

    @property
    def is_told(self) -> bool:
        """Tell whether it moves data between tables."""
        statement = self.statement
        named = statement.reads or statement.writes
        return bool(statement.verb and named) and len(self.wording.text) <= LONGEST

    @property
    def only_reads(self) -> bool:
        """Tell whether a rollback undoes nothing of it."""
        return not self.statement.writes


@lru_cache(maxsize=512)
def _reading(sql: str, lexis: Lexis) -> Reading:
    tokens = list(tokenize(sql, lexis))
    statement = read(tokens)
    reads = tuple(table for table in statement.reads if not is_system(table))
    writes = tuple(table for table in statement.writes if not is_system(table))
    worded = wording(sql, tokens, lexis.binds)
    return Reading(replace(statement, reads=reads, writes=writes), worded)


class Reader:
    """Reads the statements of one engine, and remembers its tables."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._place: Place | None = None
        self._described: dict[Table, Described] = {}

    def read(self, connection: Connection, sql: str) -> Reading:
        """Read a statement."""
        lexis = self._at(connection).database.lexis
        return _reading(sql, replace(lexis, binds=connection.dialect.paramstyle))

    def forget(self) -> None:
        """A table was made or changed."""
        self._described = {}

    def tell(
        self, connection: Connection, reading: Reading, temporary: Collection[str], name: str | None
    ) -> Telling:
        """Say what there is to say before a statement is executed."""
        statement, place = reading.statement, self._at(connection)
        made = statement.writes if statement.defines else ()
        known = [table for table in (*statement.reads, *statement.writes) if table not in made]
        self._describe(connection, known, place)
        own = {*temporary, *(_last(table) for table in made if statement.temporary)}
        return Telling(
            name or _name(statement),
            reading.wording.text,
            place.database.dialect,
            self._datasets(statement.reads, place, own),
            self._datasets(statement.writes, place, own),
        )

    def made(
        self, connection: Connection, reading: Reading, temporary: Collection[str]
    ) -> tuple[Dataset, ...]:
        """Describe what a statement has just made."""
        place = self._at(connection)
        self._describe(connection, reading.statement.writes, place)
        return self._datasets(reading.statement.writes, place, temporary)

    def _describe(self, connection: Connection, named: Iterable[Table], place: Place) -> None:
        new = [table for table in named if table not in self._described]
        self._described.update(describe(connection, new, place))

    def _datasets(
        self, named: Iterable[Table], place: Place, temporary: Collection[str]
    ) -> tuple[Dataset, ...]:
        found = (
            dataset(
                table,
                self._described.get(table),
                place,
                temporary=_last(table) in temporary or _last(table).startswith("#"),
            )
            for table in named
        )
        return tuple(dict.fromkeys(found))

    def _at(self, connection: Connection) -> Place:
        if self._place is None:
            dialect = connection.dialect
            self._place = place_of(connection.engine.url, dialect.default_schema_name, self._job)
        return self._place


def session_tables(statement: Statement) -> Iterable[str]:
    """Name the tables that a statement makes for its session alone."""
    return (_last(table) for table in statement.writes if statement.temporary)


def _last(table: Table) -> str:
    return table.parts[-1].text.casefold()


def _name(statement: Statement) -> str:
    named = statement.writes or statement.reads[:_IN_A_NAME]
    return ".".join([str(statement.verb), "_".join(table.parts[-1].text for table in named)])

"""Counting who is still said: from testimonies to claims and schemas, to columns and things."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import LiteralString

from catalog.stores.codec import load
from catalog.stores.sqlite.ends import FIRST_COLUMN, place_of

_CLAIM: LiteralString = "SELECT uses, via, flows FROM claims WHERE id = ?"
_STATEMENT: LiteralString = "SELECT uses, columns FROM statements WHERE id = ?"
_TESTIMONY: LiteralString = (
    "SELECT uses, job, claims, statements, things, named FROM testimonies WHERE id = ?"
)


@dataclass(slots=True)
class Shifts:
    """What is said more often or less often after a transaction than before.

    `makers`: whose edges must be looked at.
    """

    testimonies: Counter[int] = field(default_factory=Counter[int])
    makers: set[int] = field(default_factory=set[int])


def settle(connection: sqlite3.Connection, shifts: Shifts) -> None:
    """Carry shifts on to all that depends on them, and add the makers whose claims moved."""
    claims: Counter[int] = Counter()
    statements: Counter[int] = Counter()
    things: Counter[int] = Counter()
    named: Counter[tuple[int, int]] = Counter()
    for testimony, by in _moved(shifts.testimonies):
        uses, job, *said = connection.execute(_TESTIMONY, (testimony,)).fetchone()
        _set(connection, "testimonies", {testimony: uses + by})
        if turn := _turn(uses, by):
            of_claims, of_statements, of_things, depends_on = map(load, said)
            _add(claims, of_claims, turn)
            _add(statements, {statement for statement, _ in of_statements}, turn)
            _add(things, of_things, turn)
            if job is not None:
                for thing in depends_on:
                    named[thing, job] += turn
    columns: Counter[int] = Counter()
    for claim, by in _moved(claims):
        uses, via, flows = connection.execute(_CLAIM, (claim,)).fetchone()
        _set(connection, "claims", {claim: uses + by})
        if turn := _turn(uses, by):
            shifts.makers.add(via)
            _add(columns, _columns_in(flows), turn)
    for statement, by in _moved(statements):
        uses, of_columns = connection.execute(_STATEMENT, (statement,)).fetchone()
        _set(connection, "statements", {statement: uses + by})
        if turn := _turn(uses, by):
            _add(columns, load(of_columns), turn)
    _shift(connection, "columns", columns)
    _shift(connection, "things", things)
    connection.executemany(
        "INSERT INTO named (thing, job, uses) VALUES (?, ?, ?)"
        " ON CONFLICT (thing, job) DO UPDATE SET uses = uses + excluded.uses",
        [(*pair, by) for pair, by in named.items() if by],
    )


def _moved(counter: Counter[int]) -> Iterator[tuple[int, int]]:
    return ((key, by) for key, by in counter.items() if by)


def _turn(uses: int, by: int) -> int:
    """Tell whether something begins (1) or ceases (-1) to be said."""
    return (uses + by > 0) - (uses > 0)


def _add(counter: Counter[int], ids: Iterable[int], turn: int) -> None:
    for key in ids:
        counter[key] += turn


def _columns_in(flows: bytes) -> set[int]:
    ends = {end for source, target, _ in load(flows) for end in (source, target)}
    return {end for end in ends if place_of(end) >= FIRST_COLUMN}


def _set(connection: sqlite3.Connection, table: LiteralString, uses: Mapping[int, int]) -> None:
    connection.executemany(
        f"UPDATE {table} SET uses = ? WHERE id = ?",
        [(count, key) for key, count in uses.items()],
    )


def _shift(connection: sqlite3.Connection, table: LiteralString, by: Counter[int]) -> None:
    connection.executemany(
        f"UPDATE {table} SET uses = uses + ? WHERE id = ?",
        [(count, key) for key, count in _moved(by)],
    )

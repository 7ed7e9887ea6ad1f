"""Where a value comes from: the algebra of lineage, composed as queries are nested.

A lineage is what flows into one end (a column, or the rows, of a query): `direct`, the value
itself; `indirect`, what decides for this end alone; `given`, what shaped the single row of an
aggregate without GROUP BY that the value stands in (told apart since a rendering may count it to
the rows or to the column).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from ingest.flows import Subtype


@dataclass(slots=True, eq=False)
class Table:
    """A table that a statement names. Two mentions of one table are one `Table`."""

    name: str | None  # as answered; None: it cannot be told which table it is
    renamed: Mapping[str, str] = field(default_factory=dict[str, str])  # keys, to those before
    sources: dict[tuple[str, ...], Source] = field(default_factory=dict[tuple[str, ...], "Source"])

    def source(self, *path: str) -> Source:
        """Give the one source of a field path; of no path: the table's rows."""
        source = self.sources.get(path)
        if source is None:
            source = self.sources[path] = Source(self, path)
        return source


@dataclass(slots=True, eq=False, frozen=True)
class Source:
    """An end that data comes from: a column of a table, or its rows (the empty path)."""

    table: Table
    path: tuple[str, ...]


ANY_COLUMN = "*"
"""Stands for all columns of an open table, of which it is not known which there are."""

PLAIN, MASKED, ABSORBED, CHOOSING, REPEATING, CLAUSE = 0, 1, 2, 4, 8, 16
"""Marks of an origin, added up: the value cannot be told from its source; copies of rows that
are there already change nothing; it only chooses which of several rows stands for them; it only
decides how often a row is there, where that does not matter; and, times its number, the clause
that says so (`ingest.sql.clauses`)."""

Origin: TypeAlias = tuple[Source, Subtype, int]
"""A source, how it flows, and its marks (a plain tuple: there are very many)."""

Origins: TypeAlias = frozenset[Origin]
NONE: Origins = frozenset()


class Lineage(NamedTuple):
    """What flows into one end."""

    direct: Origins
    indirect: Origins
    given: Origins


EMPTY = Lineage(NONE, NONE, NONE)
_STRENGTH = {
    Subtype.UNTOLD: 0,
    Subtype.IDENTITY: 1,
    Subtype.TRANSFORMATION: 2,
    Subtype.AGGREGATION: 3,
}


def of_source(source: Source, clause: int = PLAIN) -> Lineage:
    """The value of a column itself; or the rows of a table, with the mark of what names it."""
    return Lineage(frozenset({(source, Subtype.IDENTITY, clause)}), NONE, NONE)


def merged(parts: Iterable[Lineage]) -> Lineage:
    """Several lineages flow into one end, each as it is."""
    kept = [part for part in parts if part is not EMPTY]
    if len(kept) <= 1:
        return kept[0] if kept else EMPTY
    return Lineage(
        NONE.union(*[part.direct for part in kept]),
        NONE.union(*[part.indirect for part in kept]),
        NONE.union(*[part.given for part in kept]),
    )


def through(lineage: Lineage, subtype: Subtype, marks: int = PLAIN) -> Lineage:
    """The value passes through an operation: the strongest subtype on the way is kept."""
    if not lineage.direct:
        return lineage
    strength = _STRENGTH[subtype]
    direct = frozenset(
        [
            (source, subtype if _STRENGTH[before] < strength else before, marks | marked)
            for source, before, marked in lineage.direct
        ]
    )
    return Lineage(direct, lineage.indirect, lineage.given)


def deciding(lineage: Lineage, subtype: Subtype, clause: int = PLAIN) -> Origins:
    """The value decides: INDIRECT wins over DIRECT, and the first INDIRECT subtype is kept.

    `clause`: the mark of the clause by which it does.
    """
    if not lineage.direct:
        return lineage.indirect | lineage.given
    decided = frozenset(at_clause(lineage.direct, subtype, clause))
    return decided.union(lineage.indirect, lineage.given)


def at_clause(origins: Iterable[Origin], subtype: Subtype, clause: int) -> Iterator[Origin]:
    """They decide, by a clause; without one, by that which they have."""
    if not clause:
        return ((source, subtype, marks) for source, _, marks in origins)
    return ((source, subtype, marks % CLAUSE + clause) for source, _, marks in origins)


def written_at(lineage: Lineage, clause: int) -> Lineage:
    """The value is written by a clause, as in `SET a = b`."""
    if not lineage.direct:
        return lineage
    direct = [(source, how, marks % CLAUSE + clause) for source, how, marks in lineage.direct]
    return lineage._replace(direct=frozenset(direct))


def absorbed(origins: Origins) -> Origins:
    """Copies of rows that come this way make no difference."""
    return frozenset([(source, subtype, marks | ABSORBED) for source, subtype, marks in origins])


def marked(origins: Origins, mark: int, which: Origins) -> Origins:
    """Mark those of the origins that are among `which`."""
    return frozenset(
        [
            (source, subtype, marks | mark)
            if (source, subtype, marks) in which
            else (source, subtype, marks)
            for source, subtype, marks in origins
        ]
    )


def chosen_by(order: Origins, among: Origins) -> Origins:
    """Mark those that an order chooses by, whichever clause says so."""
    choosing = {(source, subtype, marks % CLAUSE) for source, subtype, marks in order}
    return frozenset(
        [
            (source, subtype, marks | CHOOSING)
            if (source, subtype, marks % CLAUSE) in choosing
            else (source, subtype, marks)
            for source, subtype, marks in among
        ]
    )


def conditioned(lineage: Lineage, by: Origins) -> Lineage:
    """Something decides for this end alone."""
    return lineage._replace(indirect=lineage.indirect | by) if by else lineage


def settled(lineage: Lineage) -> Lineage:
    """What was given now counts for this end alone (a scalar subquery, an optional single row)."""
    if not lineage.given:
        return lineage
    return Lineage(lineage.direct, lineage.indirect | lineage.given, NONE)

"""The columns that a FROM element offers, each with its value."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot.expressions import Expr

from ingest.sql.lineage import Table
from ingest.sql.relation import Column, Relation
from ingest.sql.scope import Item
from ingest.sql.terms.frame import Frame, Rowset, Source
from ingest.sql.terms.term import Term, term, text


def offer_stored(node: Expr, frame: Frame, source: Source, items: list[Item]) -> None:
    for item in items:
        table = _table_of(item.relation) or Table(node.name)
        name = table.name or ""
        source.tables.add(name)
        mention = source.number(term("table", text(name)))
        made = term("stored", mention)
        source.joined.append(Rowset(made, made))
        for column in known_columns(item.relation):
            key = column.root.key
            frame.values[column] = term("stored column", mention, text(table.renamed.get(key, key)))


def _table_of(relation: Relation) -> Table | None:
    """The table that a relation of stored columns reads."""
    lineages = (relation.rows, *[column.lineage for column in relation.columns])
    return next((source.table for one in lineages for source, _, _ in one.direct), None)


def known_columns(relation: Relation) -> Iterator[Column]:
    """The columns that anything names; those of a wide table are made only then."""
    yield from relation.columns
    for found in relation.index.values():
        yield from found


def offer(columns: list[tuple[Column, Term]], frame: Frame, items: list[Item]) -> None:
    """The columns of a FROM element, as its reader sees them."""
    known = dict(columns)
    for item in items:
        for column in known_columns(item.relation):
            one: Column | None = column
            while one is not None and one not in known:
                one = one.origin
            if one is not None:
                frame.values[column] = known[one]

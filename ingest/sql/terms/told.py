"""What is read within a query: expressions, and what is told by its text alone."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.expressions import Expr

from ingest.sql.functions import UNNESTING
from ingest.sql.terms.frame import Frame, Rowset, Source
from ingest.sql.terms.term import Term, term, text
from ingest.sql.terms.values import Reader


def reader_of(frame: Frame) -> Reader:
    return Reader(frame, _inner_query)


def _inner_query(node: Expr, frame: Frame) -> tuple[list[Term], Rowset]:
    """A query within an expression."""
    found = frame.query(node, frame, Source(depth=frame.depth + 1))
    return [value for _, value in found.columns], found.rows


def plain_text(node: Expr, outer: Frame) -> Term:
    """The text of a node without comments, with the terms of the columns that it names."""
    here = reader_of(outer)
    named = [
        here.column(column)
        for part in node.find_all(exp.Column)
        if (column := outer.binding.columns.get(id(part))) is not None
    ]
    written = node.sql(outer.binding.rules.dialect, comments=False)
    return term("sql", text(written), *named)


def told_by_text(node: Expr | None, frame: Frame, source: Source) -> None:
    """Parts that make other rows in a way that is not looked into."""
    if node is not None:
        made = plain_text(node, frame)
        source.joined.append(Rowset(made, made))


def unnested(node: Expr) -> Iterator[Expr]:
    """Lists in the SELECT list, which make rows."""
    for item in node.expressions:
        for part in item.find_all(*UNNESTING):
            if part.find_ancestor(exp.Select) is node:
                yield part

"""What the columns of a query can hold: its FROM clause, and what its conditions leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from sqlglot import exp
from sqlglot.expressions import Expr

from ingest.sql.contents.content import ANYTHING, Contents, either, stored
from ingest.sql.contents.literals import among, equal_to
from ingest.sql.contents.values import Values
from ingest.sql.contents.visible import Visible
from ingest.sql.gaps import UNTOLD
from ingest.sql.nulls import rejected
from ingest.sql.relation import Column, Relation
from ingest.sql.scope import Binding
from ingest.sql.tree import child, conjuncts, identifier, listed, word


def contents_of(node: Expr, binding: Binding) -> list[Contents]:
    """Give what each column of a bound query, or of VALUES, can hold, in order."""
    walk = _Walk(binding)
    if isinstance(node, exp.Values):
        return walk.listed(node)
    return [found for _, found in walk.query(node, None)]


Told: TypeAlias = list[tuple[Column, Contents]]


class _Walk:
    def __init__(self, binding: Binding) -> None:
        self._binding = binding
        self._values = Values(binding)
        self._common: dict[int, Told] = {}

    def listed(self, node: Expr) -> list[Contents]:
        """Give what each column of VALUES holds."""
        rows = [
            one.expressions if isinstance(one, exp.Tuple) else [one] for one in node.expressions
        ]
        return [
            either(self._values.made(value, Visible(None)) for value in column)
            for column in zip(*rows, strict=False)
        ]

    def query(self, node: Expr, outer: Visible | None) -> Told:
        if isinstance(node, exp.Select):
            return self._select(node, outer)
        if isinstance(node, exp.Subquery):
            return self.query(node.this, outer)
        relation = self._binding.bound.queries.get(id(node))
        columns = relation.columns if relation is not None else []
        if isinstance(node, exp.SetOperation) and not node.args.get("by_name"):
            return list(zip(columns, self._compound(node, outer), strict=False))
        return [(column, ANYTHING) for column in columns]

    def _compound(self, node: Expr, outer: Visible | None) -> list[Contents]:
        """A column of a union is that of one branch or another. Long ones are deep to the left."""
        rest: list[Expr] = []
        while isinstance(node, exp.SetOperation):
            if isinstance(node, exp.Union):
                rest.append(node.expression)
            node = node.this
        branches = [[found for _, found in self.query(one, outer)] for one in (node, *rest)]
        return [either(found) for found in zip(*branches, strict=False)]

    def _select(self, node: exp.Select, outer: Visible | None) -> Told:
        frame = Visible(outer)
        self._from(node, frame)
        where, group = child(node, "where"), child(node, "group")
        if where is not None:
            self._demand(where.this, frame)
        frame.grouped = group is not None
        if group is not None and any(group.args.get(name) for name in _FOLDING):
            frame.everywhere = UNTOLD
        relation = self._binding.bound.queries[id(node)]
        return [(column, self._values.column(column, frame)) for column in relation.columns]

    def _demand(self, condition: Expr, frame: Visible) -> None:
        for column in rejected(condition, self._binding):
            frame.demand(column)
        for part in conjuncts(condition):
            negated = isinstance(part, exp.Not)
            inner = part.this.unnest() if negated else part
            differs = isinstance(inner, exp.NEQ)
            told = equal_to(inner) if differs else among(inner)
            column = self._binding.columns.get(id(told[0])) if told is not None else None
            if told is not None and column is not None:
                frame.restrict(column, told[1], out=negated != differs)

    def _from(self, node: Expr, frame: Visible) -> None:
        first = child(node, "from_")
        if first is not None:
            self._add(first.this, frame)
        for join in listed(node, "joins"):
            self._join(join, frame)
        for lateral in listed(node, "laterals"):
            self._add(lateral, frame)

    def _add(self, node: Expr, frame: Visible) -> set[Column]:
        """Make the columns of a FROM element visible."""
        before = set(frame.values)
        if isinstance(node, exp.Subquery) and isinstance(node.this, exp.Table):
            self._add(node.this, frame)
        else:
            self._offer(node, frame)
        for join in listed(node, "joins"):
            self._join(join, frame)
        return set(frame.values) - before

    def _offer(self, node: Expr, frame: Visible) -> None:
        told = dict(self._offered(node, frame))
        for item in self._binding.bound.items.get(id(node), []):
            for column in named_columns(item.relation):
                one: Column | None = column
                while one is not None and one not in told:
                    one = one.origin
                frame.values[column] = told[one] if one is not None else stored(column)

    def _offered(self, node: Expr, frame: Visible) -> Told:
        """The columns of what a FROM element makes; none of a stored table."""
        cte = self._binding.bound.ctes.get(id(node))
        if listed(node, "pivots") or (cte is not None and cte.recursive):
            return []
        if cte is not None:
            inner: Expr = cte.node.this
            if id(inner) not in self._common:
                self._common[id(inner)] = self.query(inner, frame)
            return self._common[id(inner)]
        inner = node.this if isinstance(node, exp.Lateral) else node
        return self.query(inner, frame) if isinstance(inner, _QUERIES) else []

    def _join(self, join: Expr, frame: Visible) -> None:
        side, kind = word(join, "side"), word(join, "kind")
        before = set(frame.values)
        joined = self._add(join.this, frame)
        applied = isinstance(join.this, exp.Lateral) and join.this.args.get("cross_apply") is False
        if side in {"RIGHT", "FULL"}:
            frame.optional.append(before)
        if side in {"LEFT", "FULL"} or applied:
            frame.optional.append(joined)
        elif kind != "ANTI" and side != "RIGHT":
            self._met(join, frame, before | joined)

    def _met(self, join: Expr, frame: Visible, columns: set[Column]) -> None:
        on = child(join, "on")
        if on is not None:
            self._demand(on, frame)
        keys = {self._binding.rules.key(identifier(name)) for name in listed(join, "using")}
        for column in columns:
            if column.key in keys:
                frame.demand(column)


def named_columns(relation: Relation) -> Iterator[Column]:
    """The columns that anything names; those of a wide table are made only then."""
    yield from relation.columns
    for found in relation.index.values():
        yield from found


_QUERIES = (exp.Select, exp.SetOperation, exp.Subquery)


_FOLDING = ("rollup", "cube", "grouping_sets")

"""What the columns of a query can hold, as far as its text shows: NULL, and which literals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from sqlglot import exp
from sqlglot.expressions import Expr

from ingest.sql.functions import RANKING
from ingest.sql.gaps import JOINED, NEVER, UNTOLD, WRITTEN, Gap, GapKind, Gaps
from ingest.sql.nulls import rejected
from ingest.sql.relation import Column, Relation
from ingest.sql.scope import Binding
from ingest.sql.tree import child, children, conjuncts, identifier, is_null, listed, word

Literals: TypeAlias = frozenset[str]


class Contents(NamedTuple):
    """What a column can hold. `gaps`: why it may be NULL, which is none of the literals.

    `written`: all that it can be, if those are written; `only`: all that conditions leave of it;
    `never`: what they keep out.
    """

    gaps: Gaps
    written: Literals | None = None
    only: Literals | None = None
    never: Literals = frozenset()


ANYTHING = Contents(UNTOLD)


def contents_of(node: Expr, binding: Binding) -> list[Contents]:
    """Give what each column of a bound query, or of VALUES, can hold, in order."""
    walk = _Walk(binding)
    if isinstance(node, exp.Values):
        return walk.listed(node)
    return [found for _, found in walk.query(node, None)]


def _either(parts: Iterable[Contents]) -> Contents:
    """What one or another holds."""
    found = list(parts)
    left = [one.written if one.only is None else one.only for one in found]
    return Contents(
        NEVER.union(*[one.gaps for one in found]),
        _all(one.written for one in found),
        _all(left),
        found[0].never.intersection(*[one.never for one in found[1:]]),
    )


def _all(parts: Iterable[Literals | None]) -> Literals | None:
    """All literals; None if one of the parts can be something else."""
    found: set[str] = set()
    for one in parts:
        if one is None:
            return None
        found |= one
    return frozenset(found)


_Told: TypeAlias = list[tuple[Column, Contents]]


@dataclass(slots=True, eq=False)
class _Frame:
    """The columns that are visible. `optional`: those of a side of a join that may be missing."""

    outer: _Frame | None
    values: dict[Column, Contents] = field(default_factory=dict[Column, Contents])
    optional: list[set[Column]] = field(default_factory=list[set[Column]])
    grouped: bool = False
    everywhere: Gaps = NEVER

    def entry(self, column: Column) -> Column | None:
        one: Column | None = column
        while one is not None and one not in self.values:
            one = one.origin
        return one

    def find(self, column: Column) -> Contents | None:
        """Give what a column holds that is visible here, or that is a copy of one."""
        frame: _Frame | None = self
        while frame is not None:
            one = frame.entry(column)
            if one is not None:
                missing = any(one in side for side in frame.optional)
                told = frame.values[one]
                more = frame.everywhere | (JOINED if missing else NEVER)
                return told._replace(gaps=told.gaps | more)
            frame = frame.outer
        return None

    def demand(self, column: Column) -> None:
        """A row where this is NULL is not there: its side of a join is."""
        one = self.entry(column)
        if one is not None:
            self.values[one] = self.values[one]._replace(gaps=NEVER)
            self.optional = [side for side in self.optional if one not in side]

    def restrict(self, column: Column, literals: Literals, *, out: bool) -> None:
        """A row is there if this is one of the literals, or (`out`) if it is none."""
        one = self.entry(column)
        if one is None:
            return
        told = self.values[one]
        if out:
            self.values[one] = told._replace(never=told.never | literals)
        else:
            only = literals if told.only is None else told.only & literals
            self.values[one] = told._replace(only=only)


class _Walk:
    def __init__(self, binding: Binding) -> None:
        self._binding = binding
        self._common: dict[int, _Told] = {}

    def listed(self, node: Expr) -> list[Contents]:
        """Give what each column of VALUES holds."""
        rows = [
            one.expressions if isinstance(one, exp.Tuple) else [one] for one in node.expressions
        ]
        return [
            _either(self._made(value, _Frame(None)) for value in column)
            for column in zip(*rows, strict=False)
        ]

    def query(self, node: Expr, outer: _Frame | None) -> _Told:
        if isinstance(node, exp.Select):
            return self._select(node, outer)
        if isinstance(node, exp.Subquery):
            return self.query(node.this, outer)
        relation = self._binding.bound.queries.get(id(node))
        columns = relation.columns if relation is not None else []
        if isinstance(node, exp.SetOperation) and not node.args.get("by_name"):
            return list(zip(columns, self._compound(node, outer), strict=False))
        return [(column, ANYTHING) for column in columns]

    def _compound(self, node: Expr, outer: _Frame | None) -> list[Contents]:
        """A column of a union is that of one branch or another. Long ones are deep to the left."""
        rest: list[Expr] = []
        while isinstance(node, exp.SetOperation):
            if isinstance(node, exp.Union):
                rest.append(node.expression)
            node = node.this
        branches = [[found for _, found in self.query(one, outer)] for one in (node, *rest)]
        return [_either(found) for found in zip(*branches, strict=False)]

    def _select(self, node: exp.Select, outer: _Frame | None) -> _Told:
        frame = _Frame(outer)
        self._from(node, frame)
        where, group = child(node, "where"), child(node, "group")
        if where is not None:
            self._demand(where.this, frame)
        frame.grouped = group is not None
        if group is not None and any(group.args.get(name) for name in _FOLDING):
            frame.everywhere = UNTOLD
        relation = self._binding.bound.queries[id(node)]
        return [(column, self._column(column, frame)) for column in relation.columns]

    def _demand(self, condition: Expr, frame: _Frame) -> None:
        for column in rejected(condition, self._binding):
            frame.demand(column)
        for part in conjuncts(condition):
            negated = isinstance(part, exp.Not)
            inner = part.this.unnest() if negated else part
            differs = isinstance(inner, exp.NEQ)
            told = _equal(inner) if differs else _among(inner)
            column = self._binding.columns.get(id(told[0])) if told is not None else None
            if told is not None and column is not None:
                frame.restrict(column, told[1], out=negated != differs)

    # FROM

    def _from(self, node: Expr, frame: _Frame) -> None:
        first = child(node, "from_")
        if first is not None:
            self._add(first.this, frame)
        for join in listed(node, "joins"):
            self._join(join, frame)
        for lateral in listed(node, "laterals"):
            self._add(lateral, frame)

    def _add(self, node: Expr, frame: _Frame) -> set[Column]:
        """Make the columns of a FROM element visible."""
        before = set(frame.values)
        if isinstance(node, exp.Subquery) and isinstance(node.this, exp.Table):
            self._add(node.this, frame)
        else:
            self._offer(node, frame)
        for join in listed(node, "joins"):
            self._join(join, frame)
        return set(frame.values) - before

    def _offer(self, node: Expr, frame: _Frame) -> None:
        told = dict(self._offered(node, frame))
        for item in self._binding.bound.items.get(id(node), []):
            for column in _named(item.relation):
                one: Column | None = column
                while one is not None and one not in told:
                    one = one.origin
                frame.values[column] = told[one] if one is not None else _stored(column)

    def _offered(self, node: Expr, frame: _Frame) -> _Told:
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

    def _join(self, join: Expr, frame: _Frame) -> None:
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

    def _met(self, join: Expr, frame: _Frame, columns: set[Column]) -> None:
        on = child(join, "on")
        if on is not None:
            self._demand(on, frame)
        keys = {self._binding.rules.key(identifier(name)) for name in listed(join, "using")}
        for column in columns:
            if column.key in keys:
                frame.demand(column)

    # Expressions

    def _column(self, column: Column, frame: _Frame) -> Contents:
        found = frame.find(column)
        if found is not None:
            return found
        root = column.root
        return self._made(root.node, frame) if root.node is not None else ANYTHING

    def _made(self, node: Expr, frame: _Frame) -> Contents:
        return Contents(self.value(node, frame), self._written(node, frame))

    def _written(self, node: Expr, frame: _Frame) -> Literals | None:
        """The literals that a value is one of. NULL is none of them."""
        match node:
            case exp.Literal():
                return frozenset({node.name})
            case exp.Null():
                return frozenset()
            case exp.Paren() | exp.Alias():
                return self._written(node.this, frame)
            case exp.Column():
                column = self._binding.columns.get(id(node))
                return self._column(column, frame).written if column is not None else None
            case exp.Coalesce():
                return _all(self._written(one, frame) for one in (node.this, *node.expressions))
            case exp.Case() | exp.If():
                branches = listed(node, "ifs") if isinstance(node, exp.Case) else [node]
                other = child(node, "default") or child(node, "false")
                results = [*[one.args["true"] for one in branches], *([other] if other else [])]
                return _all(self._written(one, frame) for one in results)
            case _:
                return None

    def value(self, node: Expr, frame: _Frame) -> Gaps:
        """Chains of operators are deep trees, so what is strict is opened without recursion."""
        found = NEVER
        stack = [node]
        while stack:
            part = stack.pop()
            if isinstance(part, _STRICT) and not isinstance(part, _THERE):
                stack += children(part)
            else:
                found |= self._value(part, frame)
        return found

    def _value(self, node: Expr, frame: _Frame) -> Gaps:
        match node:
            case exp.Column():
                column = self._binding.columns.get(id(node))
                return self._column(column, frame).gaps if column is not None else UNTOLD
            case exp.Null():
                return WRITTEN
            case exp.Nullif():
                return self.value(node.this, frame) | WRITTEN
            case exp.Cast():
                lost = UNTOLD if isinstance(node, exp.TryCast) else NEVER
                return self.value(node.this, frame) | lost
            case exp.Coalesce():
                return self._first(node, frame)
            case exp.Case() | exp.If():
                return self._case(node, frame)
            case exp.Max() | exp.Min() | exp.Sum() | exp.Avg() | exp.AnyValue():
                return self.value(node.this, frame) | (NEVER if frame.grouped else UNTOLD)
            case exp.Window():
                inner = node.this
                return NEVER if isinstance(inner, (*RANKING, exp.Count)) else UNTOLD
            case _:
                return NEVER if isinstance(node, _THERE) else UNTOLD

    def _first(self, node: Expr, frame: _Frame) -> Gaps:
        """Each of several has to be missing: whether all are at once is not told."""
        parts = [node.this, *node.expressions]
        if len(parts) == 1:
            return self.value(parts[0], frame)
        return NEVER if any(not self.value(one, frame) for one in parts) else UNTOLD

    def _case(self, node: Expr, frame: _Frame) -> Gaps:
        """What a condition has found to be there is there."""
        found, known = NEVER, set[Column]()
        branches = listed(node, "ifs") if isinstance(node, exp.Case) else [node]
        for branch in branches:
            asks = isinstance(node, exp.If) or node.args.get("this") is None
            there = set(rejected(branch.this, self._binding)) if asks else set[Column]()
            found |= self._known(branch.args["true"], frame, known | there)
            known |= set(self._absent(branch.this)) if asks else set[Column]()
        other = child(node, "default") or child(node, "false")
        return found | (self._known(other, frame, known) if other is not None else WRITTEN)

    def _known(self, node: Expr, frame: _Frame, known: set[Column]) -> Gaps:
        here = _Frame(frame, dict.fromkeys(known, Contents(NEVER)), grouped=frame.grouped)
        return self.value(node, here)

    def _absent(self, node: Expr) -> Iterator[Column]:
        """The column of `x IS NULL`: behind that branch it is there."""
        column = self._binding.columns.get(id(is_null(node)))
        if column is not None:
            yield column


def _named(relation: Relation) -> Iterator[Column]:
    """The columns that anything names; those of a wide table are made only then."""
    yield from relation.columns
    for found in relation.index.values():
        yield from found


def _among(node: Expr) -> tuple[Expr, Literals] | None:
    """What is one of some texts that are written: `= 'a'`, an IN list, several of them with OR."""
    node = node.unnest()
    match node:
        case exp.Or():
            one, other = _among(node.this), _among(node.expression)
            same = one is not None and other is not None and one[0] == other[0]
            return (one[0], one[1] | other[1]) if same and one and other else None
        case exp.In() if node.expressions and all(map(_is_text, node.expressions)):
            return node.this, frozenset(one.name for one in node.expressions)
        case exp.EQ():
            return _equal(node)
        case _:
            return None


def _equal(node: Expr) -> tuple[Expr, Literals] | None:
    """The two sides of a comparison, if one is a text that is written."""
    for one, other in ((node.this, node.expression), (node.expression, node.this)):
        if _is_text(other):
            return one, frozenset({other.name})
    return None


def _is_text(node: Expr) -> bool:
    return isinstance(node, exp.Literal) and bool(node.is_string)


def _stored(column: Column) -> Contents:
    """A column of a table itself; of what is not looked into it cannot be told."""
    if column.root.node is None and len(column.lineage.direct) == 1:
        ((source, _, _),) = column.lineage.direct
        if source.table.name and len(source.path) == 1:
            gap = Gap(GapKind.STORED, source.table.name, source.path[0])
            return Contents(frozenset({gap}))
    return ANYTHING


_QUERIES = (exp.Select, exp.SetOperation, exp.Subquery)
_FOLDING = ("rollup", "cube", "grouping_sets")
_STRICT = (
    exp.Paren,
    exp.Alias,
    exp.Identifier,
    exp.Neg,
    exp.Not,
    exp.Connector,
    exp.Add,
    exp.Sub,
    exp.Mul,
    exp.DPipe,
    exp.Predicate,
    exp.Upper,
    exp.Lower,
    exp.Trim,
    exp.Round,
    exp.Abs,
    exp.Floor,
    exp.Ceil,
)
"""NULL if an argument is, and never otherwise. (Division by zero is NULL in some dialects.)"""
_THERE = (
    exp.Literal,
    exp.Boolean,
    exp.Var,
    exp.Is,
    exp.NullSafeEQ,
    exp.NullSafeNEQ,
    exp.Exists,
    exp.Count,
    exp.CurrentDate,
    exp.CurrentTimestamp,
    *RANKING,
)
"""Never NULL."""

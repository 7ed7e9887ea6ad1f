"""What a value can hold, from the expression that makes it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.expressions import Expr

from ingest.sql.contents.content import ANYTHING, Contents, Literals, all_literals
from ingest.sql.contents.visible import Visible
from ingest.sql.functions import RANKING
from ingest.sql.gaps import NEVER, UNTOLD, WRITTEN, Gaps
from ingest.sql.nulls import rejected
from ingest.sql.relation import Column
from ingest.sql.scope import Binding
from ingest.sql.tree import child, children, is_null, listed


class Values:
    """What values can hold, from the expressions that make them."""

    def __init__(self, binding: Binding) -> None:
        """Read expressions of a bound statement."""
        self._binding = binding

    def column(self, column: Column, frame: Visible) -> Contents:
        found = frame.find(column)
        if found is not None:
            return found
        root = column.root
        return self.made(root.node, frame) if root.node is not None else ANYTHING

    def made(self, node: Expr, frame: Visible) -> Contents:
        return Contents(self.value(node, frame), self._written(node, frame))

    def _written(self, node: Expr, frame: Visible) -> Literals | None:
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
                return self.column(column, frame).written if column is not None else None
            case exp.Coalesce():
                return all_literals(
                    self._written(one, frame) for one in (node.this, *node.expressions)
                )
            case exp.Case() | exp.If():
                branches = listed(node, "ifs") if isinstance(node, exp.Case) else [node]
                other = child(node, "default") or child(node, "false")
                results = [*[one.args["true"] for one in branches], *([other] if other else [])]
                return all_literals(self._written(one, frame) for one in results)
            case _:
                return None

    def value(self, node: Expr, frame: Visible) -> Gaps:
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

    def _value(self, node: Expr, frame: Visible) -> Gaps:
        match node:
            case exp.Column():
                column = self._binding.columns.get(id(node))
                return self.column(column, frame).gaps if column is not None else UNTOLD
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

    def _first(self, node: Expr, frame: Visible) -> Gaps:
        """Each of several has to be missing: whether all are at once is not told."""
        parts = [node.this, *node.expressions]
        if len(parts) == 1:
            return self.value(parts[0], frame)
        return NEVER if any(not self.value(one, frame) for one in parts) else UNTOLD

    def _case(self, node: Expr, frame: Visible) -> Gaps:
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

    def _known(self, node: Expr, frame: Visible, known: set[Column]) -> Gaps:
        here = Visible(frame, dict.fromkeys(known, Contents(NEVER)), grouped=frame.grouped)
        return self.value(node, here)

    def _absent(self, node: Expr) -> Iterator[Column]:
        """The column of `x IS NULL`: behind that branch it is there."""
        column = self._binding.columns.get(id(is_null(node)))
        if column is not None:
            yield column


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

"""Joins: what their conditions decide, and the columns that USING and NATURAL merge."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier

from ingest.flows import Subtype
from ingest.sql.errors import Code
from ingest.sql.expressions import condition, conditions, rows_deciding
from ingest.sql.lineage import (
    EMPTY,
    NONE,
    Origins,
    absorbed,
    conditioned,
    deciding,
    merged,
    settled,
    through,
)
from ingest.sql.relation import (
    Column,
    Relation,
    all_columns,
    find,
    of_columns,
    supply,
)
from ingest.sql.resolution import item_of
from ingest.sql.scope import Item, Reference, Scope, clause, problem
from ingest.sql.spans import of_name
from ingest.sql.tree import child, conjuncts, dotted, identifier, listed, word
from ingest.sql.types.conversions import mixed_columns, note_comparison
from ingest.sql.types.expressions import type_of


def read(scope: Scope, relation: Relation) -> None:
    """The rows of a relation enter this query's."""
    scope.feeding |= relation.rows.direct
    scope.shaping |= relation.rows.indirect
    scope.given |= relation.rows.given


def settle(scope: Scope, origins: Origins) -> None:
    """What decides which rows there are for another reason does not only repeat them."""
    if scope.repeating:
        scope.repeating = [(item, found - origins) for item, found in scope.repeating]


def join(scope: Scope, node: Expr, left: list[Item], right: list[Item]) -> None:
    """Join items to those on their left."""
    side, kind, method = (word(node, name) for name in ("side", "kind", "method"))
    outer_apply = isinstance(node.this, exp.Lateral) and node.this.args.get("cross_apply") is False
    asof = "ASOF" in {method, kind}
    scope.items = [*left, *right]
    keys = _join_conditions(scope, node, left, right)
    if kind in {"SEMI", "ANTI"}:
        scope.items = [*left, *right] if scope.binding.rules.semi_join_shows_right else left
        at = clause(scope, node.this)
        decided = [rows_deciding(item.relation, Subtype.JOIN, at) for item in right]
        scope.shaping |= absorbed(keys.union(*decided))
    elif side == "LEFT" or outer_apply or (asof and scope.binding.rules.asof_keeps_left):
        _left_join(scope, node, right, keys, to_one=asof or kind == "ANY")
    else:
        scope.shaping |= keys
        settle(scope, keys)
        for item in right:
            read(scope, item.relation)
            settle(scope, item.relation.rows.direct | item.relation.rows.indirect)


def _left_join(scope: Scope, join: Expr, right: list[Item], keys: Origins, *, to_one: bool) -> None:
    """A right side with at most one match cannot change the rows, only the columns from it."""
    if len(right) != 1 or not (to_one or _is_unique(scope, join, right[0])):
        before = scope.shaping | scope.feeding
        scope.shaping |= keys
        for item in right:
            read(scope, item.relation)
            scope.repeating.append((item, frozenset((scope.shaping | scope.feeding) - before)))
        return
    item = right[0]
    decides = keys | rows_deciding(item.relation, Subtype.JOIN, clause(scope, join.this))
    item.relation = _conditioned(item.relation, decides)


def _conditioned(relation: Relation, by: Origins) -> Relation:
    columns = [
        Column(
            column.name,
            column.key,
            conditioned(settled(column.lineage), by),
            column.type,
            column.node,
            column,
        )
        for column in all_columns(relation)
    ]
    changed = of_columns(columns, EMPTY)
    changed.opens = (relation,) if relation.open else ()
    return changed


def _is_unique(scope: Scope, join: Expr, item: Item) -> bool:
    """Whether the columns that the join compares hold a key of its right side."""
    if not item.relation.keys:
        return False
    compared = {
        column.root
        for name in listed(join, "using")
        for column in find(item.relation, scope.binding.rules.key(identifier(name)))
    }
    on = child(join, "on")
    for part in conjuncts(on) if isinstance(on, Expr) else ():
        if isinstance(part, (exp.EQ, exp.NullSafeEQ)):
            sides = [_column_in(scope, side, item) for side in (part.this, part.expression)]
            compared |= {side.root for side in sides if side is not None and sides.count(None) == 1}
    return any(key <= compared for key in item.relation.keys)


def _column_in(scope: Scope, node: Expr, item: Item) -> Column | None:
    column = scope.binding.columns.get(id(node))
    if column is None or all(found is not column for found in find(item.relation, column.key)):
        return None
    qualifier = dotted(node)[:-1]
    return column if not qualifier or item_of(scope, qualifier) is item else None


def _join_conditions(scope: Scope, join: Expr, left: list[Item], right: list[Item]) -> Origins:
    on, using = child(join, "on"), listed(join, "using")
    decides = conditions(listed(join, "match_condition"), scope, Subtype.JOIN)
    if on is not None:
        scope.filtering = True
        decides |= condition(on, scope, Subtype.JOIN)
        scope.filtering = False
        type_of(on, scope)
        return decides
    if using:
        names = [identifier(name) for name in using]
        keys = map(scope.binding.rules.key, names)
        return decides | _using(scope, join, left, right, dict(zip(keys, names, strict=True)))
    if word(join, "method") == "NATURAL":
        return _natural(scope, join, left, right)
    side = word(join, "side")
    if scope.binding.rules.outer_needs_condition and side and word(join, "kind") in _PLAIN:
        problem(scope.binding, Code.SYNTAX, join.this, f"{side} JOIN without ON or USING.")
    return NONE


_PLAIN = ("", "OUTER")


def _natural(scope: Scope, join: Expr, left: list[Item], right: list[Item]) -> Origins:
    """NATURAL joins on all names that both sides have, as far as they are known."""
    known = {column.key for item in left for column in all_columns(item.relation)} | set(
        scope.merged
    )
    names = {
        column.key: exp.Identifier(this=column.name, quoted=True)
        for item in right
        for column in all_columns(item.relation)
        if column.key in known
    }
    open_ = any(item.relation.open for item in (*left, *right))
    if not names and not open_ and scope.binding.rules.natural_needs_names:
        message = "NATURAL JOIN finds no column that both sides have."
        problem(scope.binding, Code.UNKNOWN_COLUMN, join, message)
    return _using(scope, join, left, right, names)


def _using(
    scope: Scope, join: Expr, left: list[Item], right: list[Item], names: dict[str, Identifier]
) -> Origins:
    """`names`: as they are written, by what columns are found by."""
    decides = NONE
    side = word(join, "side")
    for key, name in names.items():
        one = scope.merged.get(key) or _partner(scope, left, key, name)
        other = _partner(scope, right, key, name)
        if one is None or other is None:
            continue
        at = clause(scope, name if name.meta else join)
        decides |= deciding(one.lineage, Subtype.JOIN, at)
        decides |= deciding(other.lineage, Subtype.JOIN, at)
        note_comparison(name, one.type, other.type, scope)
        if word(join, "kind") not in {"SEMI", "ANTI"}:
            scope.merged[key] = _merged(scope, name, one, other, side)
    return decides


def _partner(scope: Scope, items: list[Item], key: str, name: Identifier) -> Column | None:
    """The column of a USING name on one side."""
    found = [columns[0] for item in items if (columns := find(item.relation, key))]
    if not found:
        nobody = scope.binding.nobody
        found = [made for item in items if (made := supply(item.relation, key, name.this, nobody))][
            :1
        ]
    if not found:
        message = f'The column "{name.this}" of USING is missing on one side.'
        problem(scope.binding, Code.UNKNOWN_COLUMN, name, message)
        return None
    if len(found) > 1:
        message = f'"{name.this}" could be a column of more than one table here.'
        problem(scope.binding, Code.AMBIGUOUS, name, message)
    scope.binding.told.references.append(Reference(of_name(name), found[0]))
    return found[0]


def _merged(scope: Scope, name: Identifier, one: Column, other: Column, side: str) -> Column:
    if side == "FULL":
        both = through(merged([one.lineage, other.lineage]), Subtype.TRANSFORMATION)
        return Column(one.name, one.key, both, mixed_columns(name, [one.type, other.type], scope))
    return other if side == "RIGHT" else one

"""`*` and `t.*`: the columns that they stand for, with EXCEPT, REPLACE, RENAME and ILIKE."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier

from ingest.flows import Subtype
from ingest.sql.errors import Code
from ingest.sql.expressions import flow
from ingest.sql.fields import fields_of, member_columns, members_of
from ingest.sql.lineage import through
from ingest.sql.relation import Column, Relation, all_columns, renamed
from ingest.sql.resolution import item_of, unqualified
from ingest.sql.scope import Scope, problem
from ingest.sql.selected import alias_key
from ingest.sql.tree import dotted, listed
from ingest.sql.types.expressions import type_of


@dataclass(slots=True, eq=False)
class Projection:
    """What a SELECT list gives: its columns, and the open relations that a star hands on."""

    columns: list[Column] = field(default_factory=list[Column])
    opens: list[Relation] = field(default_factory=list[Relation])
    hidden: set[str] = field(default_factory=set[str])
    aggregates: set[int] = field(default_factory=set[int])  # places of columns with an aggregate


def is_qualified_star(node: Expr) -> bool:
    return isinstance(node, exp.Column) and isinstance(node.this, exp.Star)


def expand_star(scope: Scope, node: Expr, projection: Projection) -> None:
    star = node if isinstance(node, exp.Star) else node.this
    if isinstance(node, exp.Column):
        qualifier = dotted(node)
        item = item_of(scope, qualifier)
        if item is None:
            before = len(projection.columns)
            _star_of_no_item(scope, qualifier, projection)
            spread = projection.columns[before:]
            projection.columns[before:] = _modified(scope, star, spread)
            return
        columns, items = list(all_columns(item.relation)), [item]
    else:
        columns, items = star_columns(scope), scope.items
        if not items:
            problem(scope.binding, Code.SYNTAX, node, "There is no table for * to stand for.")
    changed = _modified(scope, star, columns)
    projection.columns += changed
    projection.opens += [item.relation for item in items if item.relation.open]
    projection.hidden |= {column.key for column in columns} | _names(scope, star, "except_")


def _star_of_no_item(scope: Scope, qualifier: list[Identifier], projection: Projection) -> None:
    """`column.*` of a struct."""
    column = unqualified(scope, qualifier[0])
    if column is not None and len(qualifier) > 1:
        column = fields_of(column, qualifier[1:], scope)
        if column is None:
            return
    members = members_of(column.type) if column is not None else None
    if column is not None and members is not None:
        projection.columns += member_columns(scope, column)
    elif column is not None:
        projection.columns.append(
            Column("*", "", through(column.lineage, Subtype.TRANSFORMATION), None, None)
        )
    else:
        name = ".".join(part.this for part in qualifier)
        message = f'There is no table or alias "{name}" here.'
        problem(scope.binding, Code.UNKNOWN_COLUMN, qualifier[-1], message)


def star_columns(scope: Scope) -> list[Column]:
    """The columns of all items in order; those merged by USING come once."""
    merged = scope.merged
    if not merged:
        return [column for item in scope.items for column in all_columns(item.relation)]
    columns = list(merged.values()) if scope.binding.rules.using_first else []
    given = set(merged) if columns else set[str]()
    for item in scope.items:
        for column in all_columns(item.relation):
            if column.key not in merged:
                columns.append(column)
            elif column.key not in given:
                given.add(column.key)
                columns.append(merged[column.key])
    return columns


def _names(scope: Scope, star: Expr, argument: str) -> set[str]:
    return {_part_key(scope, part) for part in listed(star, argument)}


def _part_key(scope: Scope, node: Expr) -> str:
    inner = node.this if isinstance(node, exp.Column) else node
    return alias_key(scope, inner if isinstance(inner, Identifier) else inner.name)


def _modified(scope: Scope, star: Expr, columns: list[Column]) -> list[Column]:
    """EXCEPT, REPLACE, RENAME and ILIKE."""
    without = _names(scope, star, "except_")
    replaced = {alias_key(scope, part.args["alias"]): part for part in listed(star, "replace")}
    named = {_part_key(scope, part.this): part.args["alias"] for part in listed(star, "rename")}
    if not (without or replaced or named or star.args.get("ilike")):
        return columns
    pattern = like_pattern(star.args["ilike"].name) if star.args.get("ilike") else None
    _check_known(scope, star, columns)
    changed: list[Column] = []
    for column in columns:
        if column.key in without or (pattern and not pattern.fullmatch(column.name)):
            continue
        current = column
        if column.key in replaced:
            part = replaced[column.key]
            current = Column(
                column.name,
                column.key,
                flow(part.this, scope),
                type_of(part.this, scope),
                part.this,
            )
        alias = named.get(column.key)
        changed.append(renamed(current, alias.name, alias_key(scope, alias)) if alias else current)
    return changed


def like_pattern(pattern: str) -> re.Pattern[str]:
    parts = [{"%": ".*", "_": "."}.get(char, re.escape(char)) for char in pattern]
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL)


def _check_known(scope: Scope, star: Expr, columns: list[Column]) -> None:
    """What is left out or replaced must be there; renaming what is not does nothing."""
    if any(item.relation.open for item in scope.items) or any(not one.key for one in columns):
        return
    known = {column.key for column in columns}
    replaced = [part.args["alias"] for part in listed(star, "replace")]
    for name in [*listed(star, "except_"), *replaced]:
        if _part_key(scope, name) not in known:
            message = f'* has no column "{name.name}" here.'
            problem(scope.binding, Code.UNKNOWN_COLUMN, name, message)

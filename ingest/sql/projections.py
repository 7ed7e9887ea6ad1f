"""The SELECT list: stars, COLUMNS(…) and structs spread out, and what a column is called."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlglot import exp
from sqlglot.expressions import DataType, Expr, Identifier

from ingest.flows import Subtype
from ingest.sql.errors import Code
from ingest.sql.expressions import column_of, flow
from ingest.sql.functions import UNNESTING
from ingest.sql.lineage import NONE, deciding, through
from ingest.sql.relation import Column, Numbering, Relation, all_columns, renamed
from ingest.sql.scope import (
    Scope,
    clause,
    fields_of,
    item_of,
    member_columns,
    members_of,
    problem,
    resolve,
    unqualified,
)
from ingest.sql.tree import child, dotted, listed
from ingest.sql.types.expressions import type_of
from ingest.sql.types.kinds import element_of


@dataclass(slots=True, eq=False)
class Projection:
    """What a SELECT list gives: its columns, and the open relations that a star hands on."""

    columns: list[Column] = field(default_factory=list[Column])
    opens: list[Relation] = field(default_factory=list[Relation])
    hidden: set[str] = field(default_factory=set[str])
    aggregates: set[int] = field(default_factory=set[int])  # places of columns with an aggregate


def project(scope: Scope, nodes: list[Expr]) -> Projection:
    """Bind a SELECT list; aliases become visible to what follows them, as the dialect allows."""
    projection = Projection()
    if scope.binding.rules.own_aliases_first:
        scope.named_here = {
            _key(scope, node.args["alias"]) for node in nodes if isinstance(node, exp.Alias)
        }
    scope.visible = scope.binding.rules.in_select
    for node in nodes:
        first, before = len(projection.columns), scope.aggregated
        scope.aggregated = False
        _project(scope, node, projection)
        if scope.aggregated:
            projection.aggregates.update(range(first, len(projection.columns)))
        scope.aggregated |= before
    return projection


def _project(scope: Scope, node: Expr, projection: Projection) -> None:
    inner = node.this if isinstance(node, exp.Alias) else node
    if isinstance(inner, exp.Star) or _is_qualified_star(inner):
        _expand_star(scope, inner, projection)
    elif isinstance(inner, exp.Dot) and isinstance(inner.expression, exp.Star):
        projection.columns += _fields(scope, inner.this)
    elif isinstance(node, exp.Aliases):
        value = flow(node.this, scope)
        for name in node.expressions:
            projection.columns.append(Column(name.name, scope.binding.rules.key(name), value))
    elif isinstance(inner, UNNESTING) and (members := _unnested_members(scope, inner)) is not None:
        projection.columns += members
    elif isinstance(node, _GENERATORS) and scope.binding.rules.generators_named:
        projection.columns += _generated(scope, node)
    elif scope.binding.spreads and inner.find(exp.Columns):
        _spread(scope, node, projection)
    else:
        column = _column(scope, node)
        projection.columns.append(column)
        if isinstance(node, exp.Alias):
            scope.aliases.setdefault(column.key, column)


_GENERATORS = (exp.Explode, exp.Posexplode, exp.Inline)


def _generated(scope: Scope, node: Expr) -> list[Column]:
    """What `explode(…)` without alias gives: `col`, or `key` and `value` of a map."""
    value = flow(node, scope)
    kind = type_of(node.this, scope)
    element = Column("", "", value, element_of(kind), node)
    if isinstance(node, exp.Inline) and members_of(element.type):
        return member_columns(scope, element)
    of_map = kind is not None and kind.is_type(DataType.Type.MAP)
    names = ["key", "value"] if of_map else ["col"]
    if isinstance(node, exp.Posexplode):
        names.insert(0, "pos")
    return [Column(name, name, value, element.type if name == "col" else None) for name in names]


def _is_qualified_star(node: Expr) -> bool:
    return isinstance(node, exp.Column) and isinstance(node.this, exp.Star)


def _column(scope: Scope, node: Expr) -> Column:
    """One expression; a bare column keeps its identity under the new name."""
    alias = child(node, "alias") if isinstance(node, exp.Alias) else None
    inner = node.this if alias is not None else node
    lineage = flow(inner, scope)
    named = column_of(inner, scope)
    if named is not None:
        if alias is None:
            return named
        return renamed(named, alias.name, _key(scope, alias))
    name, key = (
        (alias.name, _key(scope, alias)) if alias is not None else implied_name(inner, scope)
    )
    column = Column(name, key, lineage, type_of(inner, scope), inner)
    column.numbers = numbering(inner, scope)
    return column


def _key(scope: Scope, alias: object) -> str:
    rules = scope.binding.rules
    if isinstance(alias, Identifier):
        return rules.key(alias)
    return rules.folded(str(alias), quoted=True)


def numbering(node: Expr, scope: Scope) -> Numbering | None:
    """`row_number() over (partition by a, b order by c)` numbers the rows equal in a and b."""
    if not isinstance(node, exp.Window) or not isinstance(node.this, exp.RowNumber):
        return None
    keys = [column_of(part, scope) for part in listed(node, "partition_by")]
    if not all(keys):
        return None
    order = child(node, "order")
    parts = [key.this for key in order.expressions] if order is not None else []
    columns = [column for part in parts if (column := column_of(part, scope)) is not None]
    deciders = NONE.union(*[deciding(column.lineage, Subtype.WINDOW) for column in columns])
    return Numbering(frozenset(key.root for key in keys if key), deciders)


def implied_name(node: Expr, scope: Scope) -> tuple[str, str]:
    """What an expression without alias is called, and its key; both "" if nothing names it."""
    rules = scope.binding.rules
    if isinstance(node, exp.Column) and isinstance(node.this, Identifier):
        return node.name, rules.key(node.this)
    if isinstance(node, exp.Dot) and isinstance(node.expression, Identifier):
        return node.expression.name, rules.key(node.expression)
    if isinstance(node, (exp.Paren, exp.Subquery)):
        return _name_of_inner(node, scope)
    if not rules.function_names_columns:
        return "", ""
    if isinstance(node, (exp.Cast, exp.Filter, exp.WithinGroup, exp.Window)):
        return implied_name(node.this, scope)
    if isinstance(node, exp.Case):
        return "case", "case"
    if isinstance(node, exp.Func):
        name = node.name if isinstance(node, exp.Anonymous) else node.sql_name().lower()
        return name, name.lower()
    return "", ""


def _name_of_inner(node: Expr, scope: Scope) -> tuple[str, str]:
    """PostgreSQL names a scalar subquery after its column; parentheses change nothing."""
    inner = node.this
    if isinstance(node, exp.Paren):
        return implied_name(inner, scope)
    if scope.binding.rules.function_names_columns and isinstance(inner, exp.Select):
        first = inner.expressions[0] if inner.expressions else None
        if isinstance(first, exp.Alias):
            return first.alias, _key(scope, first.args["alias"])
        return implied_name(first, scope) if first is not None else ("", "")
    return "", ""


# Stars


def _expand_star(scope: Scope, node: Expr, projection: Projection) -> None:
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
    return _key(scope, inner if isinstance(inner, Identifier) else inner.name)


def _modified(scope: Scope, star: Expr, columns: list[Column]) -> list[Column]:
    """EXCEPT, REPLACE, RENAME and ILIKE."""
    without = _names(scope, star, "except_")
    replaced = {_key(scope, part.args["alias"]): part for part in listed(star, "replace")}
    named = {_part_key(scope, part.this): part.args["alias"] for part in listed(star, "rename")}
    if not (without or replaced or named or star.args.get("ilike")):
        return columns
    pattern = _like(star.args["ilike"].name) if star.args.get("ilike") else None
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
        changed.append(renamed(current, alias.name, _key(scope, alias)) if alias else current)
    return changed


def _like(pattern: str) -> re.Pattern[str]:
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


# COLUMNS(…), and structs spread out


def _spread(scope: Scope, node: Expr, projection: Projection) -> None:
    """An expression with COLUMNS(…) stands once for each column that it matches."""
    call = node.find(exp.Columns)
    columns = _matched(scope, call) if call is not None else []
    scope.spread_all = columns
    if call is not None and call.args.get("unpack") and call.parent not in (None, node.parent):
        projection.columns.append(_column(scope, node))
        return
    for column in columns:
        scope.spread = column
        inner = node.this if isinstance(node, exp.Alias) else node
        if inner is call:
            projection.columns.append(column)
            continue
        copy = _column(scope, node)
        if isinstance(node, exp.Alias):
            name, key = copy.name.replace("\\0", column.name), copy.key
        else:
            name, key = column.name, column.key
        projection.columns.append(Column(name, key, copy.lineage, copy.type, copy.node))
    scope.spread = None


def _matched(scope: Scope, call: Expr) -> list[Column]:
    """COLUMNS takes `*`, `t.*`, a regular expression, a lambda over names, or a list of names."""
    what = call.this
    if isinstance(what, exp.Star) or _is_qualified_star(what):
        inner = Projection()
        _expand_star(scope, what, inner)
        return inner.columns
    columns = star_columns(scope)
    test = _name_test(scope, what)
    found = [column for column in columns if test(column.name)]
    if not found and what.is_string and not any(item.relation.open for item in scope.items):
        message = f'No column has a name like "{what.name}".'
        problem(scope.binding, Code.UNKNOWN_COLUMN, what, message)
    return found


def _name_test(scope: Scope, what: Expr) -> Callable[[str], bool]:
    if isinstance(what, exp.Literal) and what.is_string:
        try:
            pattern = re.compile(what.name)
        except re.error:
            problem(scope.binding, Code.UNSUPPORTED, what, "This pattern of names cannot be read.")
            return lambda _: False
        return lambda name: bool(pattern.search(name))
    if isinstance(what, exp.Array):
        names = {part.name.lower() for part in what.expressions}
        return lambda name: name.lower() in names
    if isinstance(what, exp.Lambda):
        return _lambda_test(scope, what)
    problem(scope.binding, Code.UNSUPPORTED, what, "This choice of columns cannot be told.")
    return lambda _: False


def _lambda_test(scope: Scope, what: Expr) -> Callable[[str], bool]:
    """`c -> c like 'x%'` and the like; of other tests it cannot be told what they choose."""
    body = what.this
    negated = isinstance(body, exp.Not)
    inner = body.this if negated else body
    if isinstance(inner, (exp.Like, exp.ILike)) and inner.expression.is_string:
        flags = re.IGNORECASE if isinstance(inner, exp.ILike) else 0
        pattern = re.compile(_like(inner.expression.name).pattern, flags | re.DOTALL)
        return lambda name: bool(pattern.fullmatch(name)) != negated
    if isinstance(inner, (exp.EQ, exp.NEQ)) and inner.expression.is_string:
        wanted, differs = inner.expression.name, isinstance(inner, exp.NEQ)
        return lambda name: ((name == wanted) != differs) != negated
    if isinstance(inner, exp.In) and all(part.is_string for part in inner.expressions):
        names = {part.name for part in inner.expressions}
        return lambda name: (name in names) != negated
    problem(scope.binding, Code.UNSUPPORTED, what, "This choice of columns cannot be told.")
    return lambda _: True


def _fields(scope: Scope, node: Expr) -> list[Column]:
    """`(expression).*`."""
    inner = node.unnest()
    column = resolve(scope, inner) if isinstance(inner, exp.Column) else None
    if column is None:
        column = Column("*", "", flow(inner, scope), type_of(inner, scope), inner)
    if members_of(column.type) is not None:
        return member_columns(scope, column)
    return [Column("*", "", through(column.lineage, Subtype.TRANSFORMATION), None, inner)]


def _unnested_members(scope: Scope, node: Expr) -> list[Column] | None:
    """`unnest(struct)` gives one column for each field; of a list None."""
    parts = [node.this] if isinstance(node.this, Expr) else node.expressions
    if len(parts) != 1:
        return None
    kind = type_of(parts[0], scope)
    recursive = any(
        isinstance(part, exp.PropertyEQ) and part.name.lower() == "recursive"
        for part in node.expressions
    )
    listed = kind is not None and kind.is_type(DataType.Type.ARRAY, DataType.Type.LIST)
    if listed and recursive and kind is not None and kind.expressions:
        element = kind.expressions[0]
        kind = element if isinstance(element, DataType) else None
    if members_of(kind) is None:
        return None
    value = flow(parts[0], scope)
    if listed:
        scope.shaping |= deciding(value, Subtype.FILTER, clause(scope, node))
        value = through(value, Subtype.TRANSFORMATION)
    return member_columns(scope, Column("", "", value, kind, node))

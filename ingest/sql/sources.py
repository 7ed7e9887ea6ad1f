"""The FROM clause: its items, what joins them, and what each of them offers."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier

from ingest.sql.aliases import aliased, under_names
from ingest.sql.errors import Code
from ingest.sql.functions import UNNESTING
from ingest.sql.joins import join, read, settle
from ingest.sql.lineage import (
    EMPTY,
    Lineage,
)
from ingest.sql.matching import matched
from ingest.sql.pivots import pivoted
from ingest.sql.relation import (
    Relation,
    all_columns,
    of_columns,
    of_stored,
    renamed,
    with_columns,
)
from ingest.sql.schema import located, look_up
from ingest.sql.scope import CTE, Item, Scope, clause, problem
from ingest.sql.stars import star_columns
from ingest.sql.tree import child, dotted, listed, word
from ingest.sql.unnesting import array_join, function_result, unnested


def bind_from(scope: Scope, node: Expr) -> None:
    """Bind FROM, its joins and lateral views, from left to right."""
    source = child(node, "from_")
    if source is not None:
        add(scope, source.this, child(node, "match"))
    for joined in listed(node, "joins"):
        bind_join(scope, joined)
    for lateral in listed(node, "laterals"):
        add(scope, lateral)


def add(scope: Scope, node: Expr, match: Expr | None = None) -> None:
    """A first or comma-joined item: its rows are read, and what shapes them shapes ours."""
    for found in items_of(scope, node):
        item = matched(scope, match, found) if match is not None else found
        scope.items.append(item)
        read(scope, item.relation)
        settle(scope, item.relation.rows.direct | item.relation.rows.indirect)
    for joined in listed(node, "joins"):
        bind_join(scope, joined)


def bind_join(scope: Scope, node: Expr) -> None:
    """Join an item, and what is joined behind it, to those on its left."""
    if word(node, "kind") == "ARRAY":
        array_join(scope, [node.this, *node.expressions])
        return
    left = list(scope.items)
    join(scope, node, left, items_of(scope, node.this))
    for nested in listed(node.this, "joins"):
        bind_join(scope, nested)


# Items


def items_of(scope: Scope, node: Expr) -> list[Item]:
    """The items of a FROM element: several only for a join in parentheses without an alias."""
    items = scope.binding.bound.items[id(node)] = _items_of(scope, node)
    return items


def _items_of(scope: Scope, node: Expr) -> list[Item]:
    if isinstance(node, (exp.Final, exp.Stream)):
        node = node.this
    alias = child(node, "alias")
    if is_joined_in_parentheses(node):
        return _joined_in_parentheses(scope, node)
    relation = _pivoted(scope, node, _relation_of(scope, node))
    return [aliased(scope, node, alias, relation)]


def is_joined_in_parentheses(node: Expr) -> bool:
    """Whether brackets hold elements of FROM, not a query."""
    return (
        isinstance(node, exp.Subquery)
        and isinstance(node.this, (exp.Table, exp.Subquery, exp.Final, exp.Stream))
        and not any(node.args.get(name) for name in ("with_", "order", "limit", "offset"))
    )


def _joined_in_parentheses(scope: Scope, node: Expr) -> list[Item]:
    inner = Scope(scope.binding, scope, scope.ctes, locals=scope.locals)
    add(inner, node.this)
    alias = child(node, "alias")
    if not isinstance(alias, Expr) or not alias.this:
        scope.merged.update(inner.merged)
        scope.shaping |= inner.shaping
        return inner.items
    relation = of_columns(star_columns(inner), rows_of(inner))
    relation.opens = tuple(item.relation for item in inner.items if item.relation.open)
    return [aliased(scope, node, alias, _pivoted(scope, node, relation))]


def rows_of(scope: Scope) -> Lineage:
    """What flows into the rows of a scope's items, as far as it is bound."""
    return Lineage(frozenset(scope.feeding), frozenset(scope.shaping), frozenset(scope.given))


def _pivoted(scope: Scope, node: Expr, relation: Relation) -> Relation:
    for pivot in listed(node, "pivots"):
        relation = pivoted(scope, pivot, relation)
    return relation


def _relation_of(scope: Scope, node: Expr) -> Relation:
    if isinstance(node, exp.Table):
        return _table(scope, node)
    if isinstance(node, exp.Lateral):
        return _lateral(scope, node)
    if isinstance(node, exp.Values):
        return scope.binding.query(node, scope)
    if isinstance(node, UNNESTING):
        return unnested(scope, node, child(node, "alias"))
    if isinstance(node, exp.Query):
        return scope.binding.query(node, _visible_to_subquery(scope))
    return function_result(scope, node, child(node, "alias"))


def _visible_to_subquery(scope: Scope) -> Scope:
    """A derived table sees its neighbours only if it is lateral, or the dialect looks for it."""
    if scope.binding.rules.implicit_lateral:
        return scope
    return Scope(scope.binding, scope.parent, scope.ctes, locals=scope.locals)


def _table(scope: Scope, node: exp.Table) -> Relation:
    if node.args.get("rows_from"):
        inner = [_relation_of(scope, part) for part in listed(node, "rows_from")]
        columns = [column for relation in inner for column in all_columns(relation)]
        return of_columns(columns, EMPTY)
    streamed = _streamed(node.this)
    if streamed is not None:
        return _table(scope, streamed)
    if isinstance(node.this, (exp.Var, exp.Literal)):  # files, on a stage or at a location
        stored = located(scope.binding.schema, node.this.name)
        scope.binding.told.reads.setdefault(stored.table)
        return of_stored(stored, clause(scope, node))
    if not isinstance(node.this, (Identifier, exp.Dot)):
        return function_result(scope, node.this, child(node, "alias"))
    if node.args.get("db") is None and isinstance(node.this, Identifier):
        key = scope.binding.rules.key(node.this)
        cte = scope.ctes.get(key)
        if cte is not None:
            return _common(scope, node, cte)
    named = scope.binding.named.get(_dotted_key(scope, node))
    if named is not None:
        scope.binding.bound.named[id(node)] = named
        return named
    stored = look_up(scope.binding.schema, node)
    scope.binding.told.reads.setdefault(stored.table)
    if stored.absent:
        message = f'There is no table "{stored.table.name}".'
        problem(scope.binding, Code.UNKNOWN_TABLE, node, message)
    relation = scope.binding.bound.stored[id(node)] = of_stored(stored, clause(scope, node))
    return relation


def _streamed(node: object) -> exp.Table | None:
    """`STREAM(t)` reads the table as its rows come in."""
    if not isinstance(node, exp.Anonymous) or node.name.upper() != "STREAM":
        return None
    name = node.expressions[0] if len(node.expressions) == 1 else None
    if not isinstance(name, exp.Column):
        return None
    parts = dict(zip(("this", "db", "catalog"), reversed(dotted(name)), strict=False))
    return exp.Table(**parts)


def _common(scope: Scope, node: exp.Table, cte: CTE) -> Relation:
    """What reads a WITH item a second time has columns of its own: they are of other rows."""
    scope.binding.bound.ctes[id(node)] = cte
    relation = scope.binding.common(cte)
    if not cte.read:
        cte.read = True
        return relation
    copies = [renamed(column, column.name, column.key) for column in all_columns(relation)]
    return with_columns(relation, copies)


def _dotted_key(scope: Scope, node: exp.Table) -> tuple[str, ...]:
    return tuple(scope.binding.rules.key(part) for part in reversed(dotted(node)))


def _lateral(scope: Scope, node: Expr) -> Relation:
    inner, alias = node.this, child(node, "alias")
    if isinstance(inner, exp.Query):
        relation = scope.binding.query(inner, scope)
    elif isinstance(inner, UNNESTING):
        return unnested(scope, inner, alias)
    else:
        relation = function_result(scope, inner, alias)
    names = listed(alias, "columns") if alias is not None else []
    if isinstance(alias, Expr) and names:
        return under_names(scope, relation, names, alias)
    return relation

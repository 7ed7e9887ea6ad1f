"""Queries bound to relations: SELECT with its clauses, set operations, VALUES, WITH."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr

from ingest.flows import Subtype
from ingest.sql.ctes import visible_ctes
from ingest.sql.errors import Code
from ingest.sql.expressions import condition, conditions, flow
from ingest.sql.grouping import bind_groups, check_shown, repeated
from ingest.sql.joins import read, settle
from ingest.sql.lineage import (
    ABSORBED,
    CHOOSING,
    EMPTY,
    NONE,
    REPEATING,
    Lineage,
    Origins,
    absorbed,
    chosen_by,
    deciding,
    marked,
    merged,
)
from ingest.sql.ordering import bind_order, order_key, order_keys
from ingest.sql.pivots import pivoted
from ingest.sql.projections import project
from ingest.sql.relation import (
    NOTHING,
    Column,
    Numbering,
    Relation,
    all_columns,
    everything,
    of_columns,
)
from ingest.sql.rules import Aliases
from ingest.sql.scope import Item, Scope, clause, problem
from ingest.sql.setops import bind_set_operation
from ingest.sql.sources import bind_from, items_of
from ingest.sql.tree import child, listed, word
from ingest.sql.types.expressions import type_of
from ingest.sql.types.mixing import all_forced
from ingest.sql.uniqueness import deduplicated, unique_keys


def bind_query(node: Expr, outer: Scope) -> Relation:
    """Bind a query where `outer`'s names are visible."""
    relation = outer.binding.bound.queries[id(node)] = _bound(node, outer)
    return relation


def _bound(node: Expr, outer: Scope) -> Relation:
    if isinstance(node, exp.Select):
        return _select(node, outer)
    if isinstance(node, exp.Subquery):
        return _parenthesised(node, outer)
    if isinstance(node, exp.SetOperation):
        scope = Scope(outer.binding, outer, visible_ctes(node, outer), locals=outer.locals)
        return _ordered_output(node, scope, bind_set_operation(node, scope))
    if isinstance(node, exp.Values):
        return _values(node, outer)
    if isinstance(node, exp.Table):
        return _table(node, outer)
    if isinstance(node, exp.Pivot):
        scope = Scope(outer.binding, outer, visible_ctes(node, outer), locals=outer.locals)
        return pivoted(scope, node, items_of(scope, node.this)[0].relation)
    if isinstance(node, (exp.Insert, exp.Update, exp.Delete, exp.Merge)):
        return outer.binding.write(node, outer)
    problem(outer.binding, Code.UNSUPPORTED, node, f"{node.key.upper()} is not read here.")
    return NOTHING


def _parenthesised(node: exp.Subquery, outer: Scope) -> Relation:
    scope = Scope(outer.binding, outer, visible_ctes(node, outer), locals=outer.locals)
    return _ordered_output(node, scope, bind_query(node.this, scope))


def _table(node: Expr, outer: Scope) -> Relation:
    scope = Scope(outer.binding, outer, outer.ctes, locals=outer.locals)
    return items_of(scope, node)[0].relation


# SELECT


def _select(node: exp.Select, outer: Scope) -> Relation:
    scope = Scope(outer.binding, outer, visible_ctes(node, outer), locals=outer.locals)
    outer.binding.bound.selects[id(node)] = scope
    outer.binding.bound.nodes[id(node)] = node
    bind_from(scope, node)
    _named_values(scope, node)
    for window in listed(node, "windows"):
        scope.windows[window.name.lower()] = window
    projection = project(scope, node.expressions)
    rules = scope.binding.rules
    for filtering in ("prewhere", "where"):
        scope.filtering = True
        _filter(scope, child(node, filtering), rules.in_where, prefer_open=True)
        scope.filtering = False
    _connected(scope, node)
    group = child(node, "group")
    keys = bind_groups(scope, group, projection) if isinstance(group, Expr) else None
    single = _having(scope, child(node, "having"), grouped=keys is not None)
    if rules.ungrouped_refused and (single or isinstance(group, Expr)):
        check_shown(scope, node, group, projection)
    _filter(scope, child(node, "qualify"), rules.in_qualify)
    relation = of_columns(_given(scope, projection.columns, single=single), EMPTY)
    relation.opens = tuple(projection.opens)
    relation.hidden = frozenset(projection.hidden)
    distinct = child(node, "distinct")
    if isinstance(distinct, Expr):
        _distinct(scope, node, distinct, relation)
    relation.keys = unique_keys(scope, node, keys, single=single, columns=relation.columns)
    bind_order(scope, node, relation)
    regrouped = isinstance(group, Expr) or isinstance(distinct, Expr)
    silent = repeated(scope, group, projection) if isinstance(group, Expr) else NONE
    relation.rows = _rows(scope, silent, regrouped=regrouped)
    numberings = deduplicated(scope, node) if not regrouped else []
    if numberings:
        relation.rows = _without_copies(relation.rows, numberings)
    if word(node, "kind") == "STRUCT":
        return _as_struct(relation)
    return relation


def _named_values(scope: Scope, node: Expr) -> None:
    """`WITH expression AS name`: a value that the whole query may use, as if it were an alias."""
    clause = child(node, "with_")
    for item in clause.expressions if clause is not None else []:
        if item.args.get("scalar"):
            name = item.args["alias"].this
            key = scope.binding.rules.key(name)
            value = flow(item.this, scope)
            scope.aliases[key] = Column(name.this, key, value, type_of(item.this, scope), item.this)


def _connected(scope: Scope, node: Expr) -> None:
    """START WITH and CONNECT BY decide which rows there are."""
    connect = child(node, "connect")
    if connect is not None:
        scope.visible = Aliases.HIDDEN
        scope.shaping |= conditions(listed(connect, "start"), scope, Subtype.FILTER)
        scope.shaping |= conditions(listed(connect, "connect"), scope, Subtype.JOIN)


def _as_struct(relation: Relation) -> Relation:
    """SELECT AS STRUCT gives one column, made of all."""
    whole = merged([column.lineage for column in relation.columns])
    return of_columns([Column("", "", whole)], relation.rows)


def _filter(scope: Scope, clause: object, visible: Aliases, *, prefer_open: bool = False) -> None:
    if not isinstance(clause, Expr):
        return
    scope.visible, scope.prefer_open = visible, prefer_open
    found = condition(clause.this, scope, Subtype.FILTER)
    scope.shaping |= found
    settle(scope, found)
    type_of(clause.this, scope)
    scope.prefer_open = False


def _having(scope: Scope, clause: object, *, grouped: bool) -> bool:
    """Bind HAVING; True if the query gives one row: aggregates, and no GROUP BY."""
    before = set(scope.shaping)
    _filter(scope, clause, scope.binding.rules.in_having)
    single = not grouped and (scope.aggregated or isinstance(clause, Expr))
    if single:
        scope.given |= before
        scope.shaping -= before
        scope.feeding.clear()
    return single


def _given(scope: Scope, columns: list[Column], *, single: bool) -> list[Column]:
    """What shaped the one row of an aggregate is given to each of its columns."""
    if not single or not scope.given:
        return columns
    given = frozenset(scope.given)
    return [
        Column(
            column.name,
            column.key,
            column.lineage._replace(given=column.lineage.given | given),
            column.type,
            column.node,
        )
        for column in columns
    ]


def _rows(scope: Scope, silent: Origins, *, regrouped: bool) -> Lineage:
    feeding = marked(frozenset(scope.feeding), REPEATING, silent)
    shaping = marked(frozenset(scope.shaping), REPEATING, silent)
    if regrouped:
        feeding = frozenset(
            [(source, Subtype.AGGREGATION, marks | ABSORBED) for source, _, marks in feeding]
        )
    return Lineage(feeding, shaping, frozenset(scope.given))


def _without_copies(rows: Lineage, numberings: list[Numbering]) -> Lineage:
    """One row is left of those that are equal in a key; the order chooses which."""
    numbered = frozenset(
        [
            (source, subtype, marks if source.path else marks | ABSORBED)
            for source, subtype, marks in rows.indirect
        ]
    )
    order = NONE.union(*[one.order for one in numberings])
    return Lineage(absorbed(rows.direct), chosen_by(order, numbered), rows.given)


def _distinct(scope: Scope, node: Expr, distinct: Expr, relation: Relation) -> None:
    on = child(distinct, "on")
    if isinstance(on, Expr):
        keys: list[Expr] = on.expressions if isinstance(on, exp.Tuple) else [on.unnest()]
        for key in keys:
            scope.shaping |= deciding(
                order_key(scope, key, relation), Subtype.GROUP_BY, clause(scope, key)
            )
        order = order_keys(scope, child(node, "order"), relation)
        scope.shaping |= marked(order - scope.shaping, CHOOSING, order)
        return
    shown = clause(scope, distinct, *node.expressions)
    scope.shaping |= deciding(everything(relation), Subtype.GROUP_BY, shown)


def _ordered_output(node: Expr, scope: Scope, relation: Relation) -> Relation:
    """ORDER BY and LIMIT behind a set operation or parentheses see the output columns alone."""
    if not any(node.args.get(name) for name in ("order", "limit", "offset")):
        return relation
    scope.items = [Item("", (), relation)] if relation.open else []
    scope.aliases = {key: found[0] for key, found in relation.index.items()}
    read(scope, relation)
    bind_order(scope, node, relation)
    ordered = of_columns(list(all_columns(relation)), _rows(scope, NONE, regrouped=False))
    ordered.opens, ordered.hidden, ordered.keys = relation.opens, relation.hidden, relation.keys
    ordered.otherwise = relation.otherwise
    return ordered


# VALUES


def _values(node: Expr, outer: Scope) -> Relation:
    """Each column is made of its place in all rows."""
    scope = Scope(outer.binding, outer, outer.ctes, locals=outer.locals)
    rows = [row.expressions if isinstance(row, exp.Tuple) else [row] for row in node.expressions]
    widths = {len(row) for row in rows}
    if len(widths) > 1:
        problem(outer.binding, Code.ARITY, node, "The rows of VALUES have different lengths.")
    columns: list[Column] = []
    for place in range(max(widths, default=0)):
        parts = [flow(row[place], scope) for row in rows if place < len(row)]
        name = outer.binding.rules.values_column.format(place, place + 1)
        types = [type_of(row[place], scope) for row in rows if place < len(row)]
        columns.append(Column(name, name.lower(), merged(parts), all_forced(types)))
    return of_columns(columns, EMPTY)

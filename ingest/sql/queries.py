"""Queries bound to relations: SELECT with its clauses, set operations, VALUES, WITH."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier

from ingest.flows import Subtype
from ingest.sql.errors import Code
from ingest.sql.expressions import column_of, condition, conditions, flow
from ingest.sql.grouping import check_grouped
from ingest.sql.lineage import (
    ABSORBED,
    CHOOSING,
    EMPTY,
    NONE,
    REPEATING,
    Lineage,
    Origins,
    absorbed,
    deciding,
    marked,
    merged,
)
from ingest.sql.pivots import pivoted
from ingest.sql.projections import Projection, numbering, project
from ingest.sql.relation import (
    NOTHING,
    Column,
    Numbering,
    Relation,
    all_columns,
    everything,
    find,
    of_columns,
    renamed,
    unknown,
)
from ingest.sql.rules import Aliases
from ingest.sql.scope import CTE, Scope, Told, problem
from ingest.sql.setops import bind_set_operation
from ingest.sql.sources import bind_from, conjuncts, items_of, read, settle
from ingest.sql.tree import child, identifier, listed, unwrapped, word
from ingest.sql.types.expressions import type_of
from ingest.sql.types.mixing import all_forced


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
    problem(outer.binding, Code.UNSUPPORTED, node, f"{node.key.upper()} is not read here.")
    return NOTHING


def _parenthesised(node: exp.Subquery, outer: Scope) -> Relation:
    scope = Scope(outer.binding, outer, visible_ctes(node, outer), locals=outer.locals)
    return _ordered_output(node, scope, bind_query(node.this, scope))


def _table(node: Expr, outer: Scope) -> Relation:
    scope = Scope(outer.binding, outer, outer.ctes, locals=outer.locals)
    return items_of(scope, node)[0].relation


# WITH


def visible_ctes(node: Expr, outer: Scope) -> dict[str, CTE]:
    """The visible WITH items: each sees those before it, and itself only if recursive."""
    clause = child(node, "with_")
    if not isinstance(clause, Expr):
        return outer.ctes
    visible = dict(outer.ctes)
    recursive = bool(clause.args.get("recursive"))
    made: list[CTE] = []
    for item in clause.expressions:
        key = outer.binding.rules.key(item.args["alias"].this)
        cte = CTE(item, Scope(outer.binding, outer, dict(visible), locals=outer.locals))
        if recursive and _reads(item.this, key, outer):
            cte.recursive = True
            cte.scope.ctes[key] = cte
        visible[key] = cte
        made.append(cte)
    for cte in made:
        _bind_ahead(cte)
    return visible


def _bind_ahead(cte: CTE) -> None:
    """Bind WITH items in order (long chains are no deep recursion), even if no one reads them.

    Some dialects do not look at what is not read: what is found there counts when it is.
    """
    binding = cte.scope.binding
    if binding.rules.unused_ctes_bound:
        bind_cte(cte)
        return
    told, binding.told = binding.told, Told()
    bind_cte(cte)
    cte.unused, binding.told = binding.told, told


def _reads(node: Expr, key: str, outer: Scope) -> bool:
    return any(
        isinstance(table.this, Identifier) and outer.binding.rules.key(table.this) == key
        for table in node.find_all(exp.Table)
    )


def bind_cte(cte: CTE) -> Relation:
    """Bind a WITH item, once; a recursive one until its lineage grows no more."""
    if cte.unused is not None:
        cte.scope.binding.told.add(cte.unused)
        cte.unused = None
    if cte.relation is None:
        if cte.recursive:
            _fixpoint(cte)
        else:
            cte.relation = _named(cte, bind_query(cte.node.this, cte.scope))
    return cte.relation or NOTHING


def _fixpoint(cte: CTE) -> None:
    binding = cte.scope.binding
    node = cte.node.this
    start = node
    while isinstance(start, exp.SetOperation):
        start = start.this
    cte.relation = _named(cte, bind_query(start, cte.scope))
    told, references = len(binding.told.problems), len(binding.told.references)
    while True:
        del binding.told.problems[told:], binding.told.references[references:]
        before = cte.relation
        cte.relation = _named(cte, bind_query(node, cte.scope))
        if _same_lineage(before, cte.relation):
            return


def _same_lineage(one: Relation, other: Relation) -> bool:
    return one.rows == other.rows and [column.lineage for column in all_columns(one)] == [
        column.lineage for column in all_columns(other)
    ]


def _named(cte: CTE, relation: Relation) -> Relation:
    """`c(a, b)`: the columns under the names of the list."""
    names = listed(cte.node.args["alias"], "columns")
    if not names:
        return relation
    columns = list(all_columns(relation))
    binding = cte.scope.binding
    if len(names) > len(columns):
        if not relation.open and not binding.rules.cte_names_may_exceed:
            message = f'"{cte.node.alias}" has {len(columns)} columns, but {len(names)} names.'
            problem(binding, Code.ARITY, cte.node.args["alias"], message)
        whole = unknown(relation)
        missing = len(names) - len(columns) if relation.open else 0
        columns += [Column("", "", whole) for _ in range(missing)]
    spelled = [identifier(name) for name in names]
    changed = [
        renamed(column, name.name, binding.rules.key(name))
        for name, column in zip(spelled, columns, strict=False)
    ]
    result = of_columns(changed + columns[len(names) :], relation.rows)
    result.keys = relation.keys
    return result


# SELECT


def _select(node: exp.Select, outer: Scope) -> Relation:
    scope = Scope(outer.binding, outer, visible_ctes(node, outer), locals=outer.locals)
    outer.binding.bound.selects[id(node)] = scope
    outer.binding.bound.nodes[id(node)] = node
    bind_from(scope, node)
    for window in listed(node, "windows"):
        scope.windows[window.name.lower()] = window
    projection = project(scope, node.expressions)
    rules = scope.binding.rules
    _filter(scope, child(node, "where"), rules.in_where, prefer_open=True)
    group = child(node, "group")
    keys = _group(scope, group, projection) if isinstance(group, Expr) else None
    single = _having(scope, child(node, "having"), grouped=keys is not None)
    if rules.ungrouped_refused and (single or isinstance(group, Expr)):
        _check_grouped(scope, node, group, projection)
    _filter(scope, child(node, "qualify"), rules.in_qualify)
    relation = of_columns(_given(scope, projection.columns, single=single), EMPTY)
    relation.opens = tuple(projection.opens)
    relation.hidden = frozenset(projection.hidden)
    distinct = child(node, "distinct")
    if isinstance(distinct, Expr):
        _distinct(scope, node, distinct, relation)
    relation.keys = _unique_keys(scope, node, keys, single=single, columns=relation.columns)
    _order(scope, node, relation)
    regrouped = isinstance(group, Expr) or isinstance(distinct, Expr)
    silent = _repeated(scope, group, projection) if isinstance(group, Expr) else NONE
    relation.rows = _rows(scope, silent, regrouped=regrouped)
    numberings = _deduplicated(scope, node) if not regrouped else []
    if numberings:
        relation.rows = _without_copies(relation.rows, numberings)
    if word(node, "kind") == "STRUCT":
        return _as_struct(relation)
    return relation


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


def _check_grouped(scope: Scope, node: Expr, group: Expr | None, projection: Projection) -> None:
    """Look at what is shown; what stars and COLUMNS stand for is looked at by nobody."""
    if group is not None and group.args.get("all"):
        return
    keys: list[Expr | Column] = []
    for part in _group_parts(group) if group is not None else ():
        place = int(part.name) if isinstance(part, exp.Literal) and part.name.isdigit() else 0
        keys += projection.columns[place - 1 : place] if place else [part]
    having = child(node, "having")
    shown = [one.unalias() for one in node.expressions if not one.is_star]
    check_grouped(scope, shown + ([having.this] if having is not None else []), keys)


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
    return Lineage(absorbed(rows.direct), marked(numbered, CHOOSING, order), rows.given)


def _repeated(scope: Scope, group: Expr, projection: Projection) -> Origins:
    """What only repeats rows does not matter to groups that are told by the other columns."""
    keys = _key_columns(scope, group, projection)
    silent = NONE
    for item, origins in scope.repeating:
        own = {column for found in item.relation.index.values() for column in found}
        if own.isdisjoint(keys):
            silent |= origins
    return silent


def _key_columns(scope: Scope, group: Expr, projection: Projection) -> set[Column]:
    """The columns that GROUP BY reads."""
    if group.args.get("all"):
        nodes = [column.node or column for column in projection.columns]
        plain = {one for one in nodes if isinstance(one, Column)}
        parts = [one for one in nodes if isinstance(one, Expr)]
    else:
        plain, parts = set[Column](), _group_parts(group)
        for part in parts:
            if isinstance(part, exp.Literal) and part.name.isdigit():
                plain.update(projection.columns[int(part.name) - 1 : int(part.name)])
        parts = [*parts, *[one.node for one in plain if one.node is not None]]
    for part in parts:
        for name in part.find_all(exp.Column):
            column = scope.binding.columns.get(id(name))
            if column is not None:
                plain.add(column)
    return plain | {column.root for column in plain}


# GROUP BY


def _group(scope: Scope, group: Expr, projection: Projection) -> list[Column | None]:
    """Bind GROUP BY: its keys decide; gives the output columns that hold them (None: no column)."""
    if group.args.get("all"):
        chosen = [
            column
            for place, column in enumerate(projection.columns)
            if place not in projection.aggregates
        ]
        for column in chosen:
            scope.shaping |= deciding(column.lineage, Subtype.GROUP_BY)
        return list[Column | None](chosen)
    scope.visible = scope.binding.rules.in_group_by
    return [_group_key(scope, part, projection) for part in _group_parts(group)]


def _group_parts(group: Expr) -> list[Expr]:
    """The keys, those within ROLLUP, CUBE and GROUPING SETS too."""
    parts: list[Expr] = []
    stack: list[Expr] = [*group.expressions]
    for name in ("rollup", "cube", "grouping_sets"):
        found = group.args.get(name)
        parts_of = cast("list[object]", found) if isinstance(found, list) else []
        stack += [part for part in parts_of if isinstance(part, Expr)]
    while stack:
        part: Expr = stack.pop()
        if isinstance(part, (exp.Rollup, exp.Cube, exp.GroupingSets, exp.Tuple)):
            stack += listed(part, "expressions")
        else:
            parts.append(unwrapped(part))
    return parts[::-1]


def _group_key(scope: Scope, node: Expr, projection: Projection) -> Column | None:
    column = by_position(scope, node, projection.columns)
    if column is None:
        value = flow(node, scope)
        scope.shaping |= deciding(value, Subtype.GROUP_BY)
        named = column_of(node, scope)
        return named or next(
            (
                found
                for found in projection.columns
                if found.node is not None and found.node == node
            ),
            None,
        )
    scope.shaping |= deciding(column.lineage, Subtype.GROUP_BY)
    return column


def by_position(scope: Scope, node: Expr, columns: Sequence[Column]) -> Column | None:
    """`1` in GROUP BY and ORDER BY is the first output column."""
    if not isinstance(node, exp.Literal) or node.is_string or not node.name.isdigit():
        return None
    place = int(node.name)
    if 1 <= place <= len(columns):
        return columns[place - 1]
    problem(scope.binding, Code.ARITY, node, f"There is no output column {place}.")
    return None


# What is unique among the rows


def _unique_keys(
    scope: Scope,
    node: Expr,
    group: list[Column | None] | None,
    *,
    single: bool,
    columns: list[Column],
) -> list[frozenset[Column]]:
    limit = child(node, "limit")
    if single or (isinstance(limit, Expr) and limit.expression and limit.expression.name == "1"):
        return [frozenset()]
    roots = {column.root for column in columns}
    keys: list[frozenset[Column]] = []
    if group is not None:
        held = [column.root for column in group if column is not None]
        keys = [frozenset(held)] if len(held) == len(group) else []
    elif len(scope.items) == 1:
        numbered = [one.keys for one in _deduplicated(scope, node)]
        keys = [*scope.items[0].relation.keys, *numbered]
    distinct = child(node, "distinct")
    if distinct is not None:
        on = child(distinct, "on")
        keys += [frozenset(roots)] if on is None else _chosen_by(scope, on)
    return [key for key in keys if key <= roots]


def _chosen_by(scope: Scope, on: Expr) -> list[frozenset[Column]]:
    """The columns of DISTINCT ON are a key, if they are all columns."""
    keys: list[Expr] = on.expressions if isinstance(on, exp.Tuple) else [on.unnest()]
    found = [column_of(key, scope) for key in keys]
    known = [column.root for column in found if column is not None]
    return [frozenset(known)] if len(known) == len(keys) else []


def _deduplicated(scope: Scope, node: Expr) -> list[Numbering]:
    """`row_number() over (partition by k …) = 1` leaves one row for each k."""
    found: list[Numbering] = []
    for clause in (child(node, "where"), child(node, "qualify")):
        for part in conjuncts(clause.this) if isinstance(clause, Expr) else ():
            if isinstance(part, exp.EQ) and part.expression.name == "1":
                column = scope.binding.columns.get(id(part.this))
                key = column.root.numbers if column is not None else numbering(part.this, scope)
                found += [key] if key is not None else []
    return found


def _distinct(scope: Scope, node: Expr, distinct: Expr, relation: Relation) -> None:
    on = child(distinct, "on")
    if isinstance(on, Expr):
        scope.visible = scope.binding.rules.in_group_by
        keys: list[Expr] = on.expressions if isinstance(on, exp.Tuple) else [on.unnest()]
        for key in keys:
            column = by_position(scope, key, relation.columns)
            value = column.lineage if column is not None else flow(key, scope)
            scope.shaping |= deciding(value, Subtype.GROUP_BY)
        order = _order_keys(scope, child(node, "order"), relation)
        scope.shaping |= marked(order - scope.shaping, CHOOSING, order)
        return
    scope.shaping |= deciding(everything(relation), Subtype.GROUP_BY)


# ORDER BY and LIMIT


def _order(scope: Scope, node: Expr, relation: Relation) -> None:
    """An order decides only which rows a LIMIT leaves; it is bound in any case."""
    keys = _order_keys(scope, child(node, "order"), relation)
    limits = [*listed(node, "limit"), *listed(node, "offset")]
    if limits:
        scope.visible = Aliases.HIDDEN
        scope.shaping |= keys | conditions(limits, scope, Subtype.FILTER)


def _order_keys(scope: Scope, order: object, relation: Relation) -> Origins:
    if not isinstance(order, Expr):
        return NONE
    found = NONE
    for key in order.expressions:
        inner = key.this if isinstance(key, exp.Ordered) else key
        found |= deciding(_order_key(scope, inner, relation), Subtype.SORT)
    return found


def _order_key(scope: Scope, node: Expr, relation: Relation) -> Lineage:
    """A bare name is an output column first; `ALL` is all of them."""
    column = by_position(scope, node, relation.columns)
    if column is not None:
        return column.lineage
    if isinstance(node, exp.Var) and node.name.upper() == "ALL":
        return everything(relation)
    if isinstance(node, exp.Column) and node.args.get("table") is None:
        named = find(relation, scope.binding.rules.key(node.this)) if _plain(node) else []
        if named:
            return named[0].lineage
    scope.visible = scope.binding.rules.in_order_by_expressions
    return flow(node, scope)


def _plain(node: exp.Column) -> bool:
    return isinstance(node.this, Identifier)


def _ordered_output(node: Expr, scope: Scope, relation: Relation) -> Relation:
    """ORDER BY and LIMIT behind a set operation or parentheses see the output columns alone."""
    if not any(node.args.get(name) for name in ("order", "limit", "offset")):
        return relation
    scope.items.clear()
    scope.aliases = {key: found[0] for key, found in relation.index.items()}
    read(scope, relation)
    _order(scope, node, relation)
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

"""The terms of a query: of each output column, and of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier

from ingest.sql.functions import UNNESTING, is_aggregate
from ingest.sql.lineage import Table
from ingest.sql.relation import Column, Relation, all_columns
from ingest.sql.scope import CTE, Binding, Item, Scope
from ingest.sql.sources import is_joined_in_parentheses
from ingest.sql.terms.frame import NO_ROWS, Frame, Made, Rowset, Source, Temporary, narrowed
from ingest.sql.terms.term import Term, term, text, unordered
from ingest.sql.terms.values import Reader, conditions, order_key
from ingest.sql.tree import child, children, identifier, listed, unwrapped, word


@dataclass(frozen=True, slots=True)
class Valued:
    """The terms of a query's columns, in order, and of its rows.

    `source` is the FROM clause of a query that only joins, filters and calculates: it can become
    a part of another's. `core`: the rows before the last `conditions`.
    """

    columns: list[tuple[Column, Term]]
    rows: Rowset
    tables: frozenset[str]
    source: Source | None = None
    core: Rowset = NO_ROWS
    conditions: frozenset[Term] = frozenset()


def valued(node: Expr, binding: Binding, temporary: Temporary) -> Valued:
    """Give the terms of a bound query; `temporary` are those that the script made before."""
    return _query(node, Frame(binding, temporary=temporary), Source())


def reader(binding: Binding) -> Reader:
    """Give a reader of expressions that stand outside of queries."""
    return _reader(Frame(binding))


def _reader(frame: Frame) -> Reader:
    return Reader(frame, _inner_query)


def _inner_query(node: Expr, frame: Frame) -> tuple[list[Term], Rowset]:
    """A query within an expression."""
    found = _query(node, frame, Source(depth=frame.depth + 1))
    return [value for _, value in found.columns], found.rows


def _query(node: Expr, outer: Frame, source: Source) -> Valued:
    """Value a query; `source` is new, and counts mentions with the clause that it is to join."""
    if isinstance(node, exp.Select):
        return _select(node, outer, source)
    if isinstance(node, exp.Subquery):
        return _limited(node, outer, _query(node.this, outer, source))
    if isinstance(node, exp.SetOperation):
        return _limited(node, outer, _set_operation(node, outer, source.depth))
    return _opaque(node, outer)


def _opaque(node: Expr, outer: Frame) -> Valued:
    """What is not looked into means what is written, and what it reads."""
    whole = term("opaque", _plain_text(node, outer))
    relation = outer.binding.bound.queries.get(id(node))
    columns = all_columns(relation) if relation is not None else []
    made = [(column, term("of", whole, text(column.key))) for column in columns]
    rows = Rowset(whole, whole)
    return Valued(made, rows, frozenset(), core=rows)


def _plain_text(node: Expr, outer: Frame) -> Term:
    """The text of a node without comments, with the terms of the columns that it names."""
    here = _reader(outer)
    named = [
        here.column(column)
        for part in node.find_all(exp.Column)
        if (column := outer.binding.columns.get(id(part))) is not None
    ]
    written = node.sql(outer.binding.rules.dialect, comments=False)
    return term("sql", text(written), *named)


# SELECT


def _select(node: exp.Select, outer: Frame, source: Source) -> Valued:
    binding = outer.binding
    scope, relation = binding.bound.selects[id(node)], binding.bound.queries[id(node)]
    frame = Frame(binding, outer, source.depth, outer.temporary)
    here = _reader(frame)
    _from(node, frame, source)
    for name in ("prewhere", "where"):
        clause = child(node, name)
        source.conditions |= conditions(here, clause.this) if clause is not None else set()
    for name in ("connect", "match"):
        _told_by_text(child(node, name), frame, source)
    for part in _unnested(node):
        made = term("unnest", *[here.value(one) for one in children(part)])
        source.joined.append(Rowset(made, made))
    frame.rows = frame.seen = source.rows()
    grouped = _is_grouped(node, scope)
    if grouped:
        frame.seen = _grouped(node, here, relation)
    columns = [(column, here.column(column)) for column in relation.columns]
    rows = frame.seen
    qualify = child(node, "qualify")
    if qualify is not None and grouped:
        rows = narrowed(rows, conditions(here, qualify.this))
    elif qualify is not None:
        source.conditions |= conditions(here, qualify.this)
        rows = source.rows()
    tables = frozenset(source.tables)
    plain = not grouped and source.base is None and child(node, "distinct") is None
    if grouped:
        found = Valued(columns, rows, tables, core=rows)
    else:
        told = frozenset(source.conditions)
        joined = source if plain else None
        found = Valued(columns, rows, tables, joined, source.unfiltered(), told)
    return _limited(node, frame, _distinct(node, here, found))


def _told_by_text(node: Expr | None, frame: Frame, source: Source) -> None:
    """Parts that make other rows in a way that is not looked into."""
    if node is not None:
        made = _plain_text(node, frame)
        source.joined.append(Rowset(made, made))


def _is_grouped(node: Expr, scope: Scope) -> bool:
    clauses = (child(node, "group"), child(node, "having"))
    return scope.aggregated or any(clause is not None for clause in clauses)


def _grouped(node: Expr, here: Reader, relation: Relation) -> Rowset:
    """The rows of GROUP BY are told by its keys; copies of its input make no difference."""
    group, having = child(node, "group"), child(node, "having")
    here.frame.keys = _keys(here, group, node, relation) if group is not None else term("one row")
    told = [here.frame.rows.members] if group is not None else []
    made = term("grouped", *told, here.frame.keys)
    found = Rowset(made, made)
    return narrowed(found, conditions(here, having.this)) if having is not None else found


def _keys(here: Reader, group: Expr, node: Expr, relation: Relation) -> Term:
    if group.args.get("all"):
        plain = [
            here.value(one.unalias())
            for one in node.expressions
            if not _aggregates(one) and not one.is_star
        ]
        return unordered("keys", plain)
    keys = unordered("keys", {_key(here, part, relation) for part in group.expressions})
    sets = [
        term(name, *[_key(here, part, relation) for one in _parts(group, name) for part in one])
        for name in ("rollup", "cube", "grouping_sets")
        if group.args.get(name)
    ]
    return term("keys", keys, *sets)


def _parts(group: Expr, name: str) -> Iterator[list[Expr]]:
    for one in listed(group, name):
        yield [one, *one.expressions]


def _key(here: Reader, node: Expr, relation: Relation) -> Term:
    node = unwrapped(node)
    if isinstance(node, exp.Literal) and not node.is_string and node.name.isdigit():
        place = int(node.name)
        if 1 <= place <= len(relation.columns):
            return here.column(relation.columns[place - 1])
    if isinstance(node, (exp.Rollup, exp.Cube, exp.GroupingSets, exp.Tuple)):
        inner = [_key(here, part, relation) for part in node.expressions]
        return term(node.key, *inner)
    return here.value(node)


def _aggregates(node: Expr) -> bool:
    return any(is_aggregate(part) for part in node.find_all(exp.Func))


def _unnested(node: Expr) -> Iterator[Expr]:
    """Lists in the SELECT list, which make rows."""
    for item in node.expressions:
        for part in item.find_all(*UNNESTING):
            if part.find_ancestor(exp.Select) is node:
                yield part


# What comes after the SELECT list


def _distinct(node: Expr, here: Reader, found: Valued) -> Valued:
    distinct = child(node, "distinct")
    if distinct is None:
        return found
    on = child(distinct, "on")
    if on is None:
        values = unordered("distinct", [value for _, value in found.columns])
        exact = term("distinct", found.rows.members, values)
        rows = Rowset(exact, found.rows.members)
        return Valued(found.columns, rows, found.tables, core=rows)
    keys: list[Expr] = on.expressions if isinstance(on, exp.Tuple) else [on.unnest()]
    chosen = unordered("distinct on", [here.value(key) for key in keys])
    made = term("first of", found.rows.members, chosen, *_order(here, node))
    rows = Rowset(made, made)
    return Valued(found.columns, rows, found.tables, core=rows)


def _order(here: Reader, node: Expr) -> list[Term]:
    order = child(node, "order")
    return [order_key(here, key) for key in (order.expressions if order is not None else ())]


def _limited(node: Expr, frame: Frame, found: Valued) -> Valued:
    """An order matters only to what a LIMIT leaves."""
    limits = [*listed(node, "limit"), *listed(node, "offset")]
    if not limits:
        return found
    here = _reader(frame)
    bounds = [here.value(limit) for limit in limits]
    made = term("limited", found.rows.exact, *_order(here, node), *bounds)
    rows = Rowset(made, made)
    return Valued(found.columns, rows, found.tables, core=rows)


# Set operations


def _set_operation(node: Expr, outer: Frame, depth: int) -> Valued:
    relation = outer.binding.bound.queries[id(node)]
    chain: list[Expr] = []
    first: Expr = node
    while isinstance(first, exp.SetOperation) and (first is node or _same_kind(first, node)):
        chain.append(first)
        first = first.this
    branches = [
        _query(one, outer, Source(depth=depth))
        for one in (first, *[one.expression for one in chain[::-1]])
    ]
    tables = frozenset[str]().union(*[one.tables for one in branches])
    if not isinstance(node, exp.Union):
        return _compared(node, relation, branches, tables)
    columns = _united(node, relation, branches)
    members = unordered("union", [one.rows.members for one in branches])
    if node.args.get("distinct"):
        exact = term("distinct", members, unordered("values", [value for _, value in columns]))
    else:
        exact = unordered("union", [one.rows.exact for one in branches])
    rows = Rowset(exact, members)
    return Valued(columns, rows, tables, core=rows)


def _same_kind(one: Expr, other: Expr) -> bool:
    alike = type(one) is type(other) and isinstance(other, exp.Union)
    same = all(one.args.get(name) == other.args.get(name) for name in ("distinct", "by_name"))
    plain = not any(one.args.get(name) for name in ("with_", "order", "limit", "offset"))
    return alike and same and plain


def _united(node: Expr, relation: Relation, branches: list[Valued]) -> list[tuple[Column, Term]]:
    """A column of a union is that of one branch or another."""
    if node.args.get("by_name"):
        by_key = [{column.key: value for column, value in one.columns} for one in branches]
        return [
            (
                column,
                unordered("either", [found[column.key] for found in by_key if column.key in found]),
            )
            for column in relation.columns
        ]
    return [
        (
            column,
            unordered(
                "either",
                [one.columns[place][1] for one in branches if place < len(one.columns)],
            ),
        )
        for place, column in enumerate(relation.columns)
    ]


def _compared(
    node: Expr, relation: Relation, branches: list[Valued], tables: frozenset[str]
) -> Valued:
    """EXCEPT and INTERSECT."""
    parts = [
        term("branch", one.rows.members, *[value for _, value in one.columns]) for one in branches
    ]
    made = term(node.key, *parts)
    left = branches[0].columns
    columns = [(column, value) for column, (_, value) in zip(relation.columns, left, strict=False)]
    rows = Rowset(made, made)
    return Valued(columns, rows, tables, core=rows)


# FROM


def _from(node: Expr, frame: Frame, source: Source) -> None:
    first = child(node, "from_")
    if first is not None:
        rest = (*listed(node, "joins"), *listed(node, "laterals"), *listed(first.this, "joins"))
        _joined(first.this, frame, source, alone=not rest and not list(_unnested(node)))
    for join in listed(node, "joins"):
        _join(join, frame, source)
    for lateral in listed(node, "laterals"):
        _joined(lateral, frame, source)


def _joined(node: Expr, frame: Frame, source: Source, *, alone: bool = False) -> None:
    """What is joined without restriction adds its tables and conditions to the clause."""
    found = _source_of(node, frame, source.part(), alone=alone)
    source.base = found.base
    source.take(found)
    for join in listed(node, "joins"):
        _join(join, frame, source)


def _join(join: Expr, frame: Frame, source: Source) -> None:
    side, kind, method = (word(join, name) for name in ("side", "kind", "method"))
    if kind == "ARRAY":
        _told_by_text(join, frame, source)
        return
    before = list(frame.items)
    inner = _source_of(join.this, frame, source.part())
    on = _on(join, frame, before, method)
    met = unordered("on", on)
    outer_apply = isinstance(join.this, exp.Lateral) and join.this.args.get("cross_apply") is False
    source.tables |= inner.tables
    if kind in {"SEMI", "ANTI"}:
        frame.items = before
        source.conditions.add(term(kind, inner.rows().members, met))
    elif method in {"ASOF", "POSITIONAL"} or side == "LEFT" or outer_apply:
        rows, what = inner.rows(), f"{method} {side or 'left'}"
        source.joined.append(Rowset(term(what, rows.exact, met), term(what, rows.members, met)))
    elif side in {"RIGHT", "FULL"}:
        _outer(side, source, inner, met)
    else:
        source.take(inner)
        source.conditions |= on
    for nested in listed(join.this, "joins"):
        _join(nested, frame, source)


def _outer(side: str, source: Source, inner: Source, met: Term) -> None:
    """All that came before is one side of a RIGHT or FULL join."""
    left, right = source.rows(), inner.rows()
    exact = term(side, left.exact, right.exact, met)
    source.joined[:] = [Rowset(exact, term(side, left.members, right.members, met))]
    source.conditions.clear()


def _on(join: Expr, frame: Frame, before: list[Item], method: str) -> set[Term]:
    on, using = child(join, "on"), listed(join, "using")
    if on is not None:
        return conditions(_reader(frame), on)
    rules = frame.binding.rules
    keys = [rules.key(identifier(name)) for name in using]
    joined = frame.items[len(before) :]
    if method == "NATURAL":
        known = {column.key for item in before for column in all_columns(item.relation)}
        keys = [
            column.key
            for item in joined
            for column in all_columns(item.relation)
            if column.key in known
        ]
    return {
        unordered("eq", [_column_of(key, before, frame), _column_of(key, joined, frame)])
        for key in keys
    }


def _column_of(key: str, items: list[Item], frame: Frame) -> Term:
    """The first column of that name."""
    for item in items:
        for column in item.relation.index.get(key, ()):
            found = frame.find(column)
            if found is not None:
                return found
    return text(key)


def _source_of(node: Expr, frame: Frame, source: Source, *, alone: bool = False) -> Source:
    """What one FROM element adds; its columns become visible in the frame.

    If it is the only one (`alone`), a query around it that only filters is as if it were not there.
    """
    items = frame.binding.bound.items.get(id(node), [])
    if isinstance(node, (exp.Final, exp.Stream)):
        _told_by_text(node, frame, source)
        node = node.this
    if is_joined_in_parentheses(node):
        _joined(node.this, frame, source)
        return source
    cte = frame.binding.bound.ctes.get(id(node))
    query = _query_of(node, cte)
    if listed(node, "pivots") or (cte is not None and cte.recursive):
        _opaque_item(node, frame, source, items, query)
    elif (made := frame.temporary.get(id(frame.binding.bound.named.get(id(node))))) is not None:
        _made_before(made, frame, source, items)
    elif cte is not None and query is None:  # a statement that returns rows
        _opaque_item(node, frame, source, items, cte.node.this)
    elif query is not None:
        _derived(query, frame, source, items, alone=alone)
    elif isinstance(node, exp.Table) and isinstance(node.this, Identifier):
        _stored(node, frame, source, items)
    else:
        _opaque_item(node, frame, source, items, None)
    frame.items += items
    return source


def _query_of(node: Expr, cte: CTE | None) -> Expr | None:
    """The query that a FROM element stands for."""
    if cte is not None:
        inner: object = cte.node.this
    else:
        inner = node.this if isinstance(node, exp.Lateral) else node
    return inner if isinstance(inner, exp.Query) and not isinstance(inner, exp.Table) else None


def _made_before(made: Made, frame: Frame, source: Source, items: list[Item]) -> None:
    """A temporary table is what it was made of."""
    mention = source.number(made.rows.members)
    source.joined.append(Rowset(*(term("temporary", mention, told) for told in made.rows)))
    _offer([(column, term("of", mention, value)) for column, value in made.columns], frame, items)


def _stored(node: Expr, frame: Frame, source: Source, items: list[Item]) -> None:
    for item in items:
        table = _table_of(item.relation) or Table(node.name)
        name = table.name or ""
        source.tables.add(name)
        mention = source.number(term("table", text(name)))
        made = term("stored", mention)
        source.joined.append(Rowset(made, made))
        for column in _known_columns(item.relation):
            key = column.root.key
            frame.values[column] = term("stored column", mention, text(table.renamed.get(key, key)))


def _table_of(relation: Relation) -> Table | None:
    """The table that a relation of stored columns reads."""
    lineages = (relation.rows, *[column.lineage for column in relation.columns])
    return next((source.table for one in lineages for source, _, _ in one.direct), None)


def _known_columns(relation: Relation) -> Iterator[Column]:
    """The columns that anything names; those of a wide table are made only then."""
    yield from relation.columns
    for found in relation.index.values():
        yield from found


def _derived(query: Expr, frame: Frame, source: Source, items: list[Item], *, alone: bool) -> None:
    """A subselect that only joins and filters is part of the clause; another stands for itself."""
    flat = _is_flat(query, frame.binding)
    own = source.part() if flat else Source(depth=source.depth)
    found = _query(query, frame, own)
    if found.source is not None and flat:
        source.take(found.source)
        _offer(found.columns, frame, items)
        return
    source.tables |= found.tables
    if alone:
        source.base = found.rows
        _offer(found.columns, frame, items)
        return
    mention = source.number(unordered("derived", [text(name) for name in found.tables]))
    rows = (term("derived", mention, told) for told in found.rows)
    source.joined.append(Rowset(*rows))
    _offer([(column, term("of", mention, value)) for column, value in found.columns], frame, items)


def _is_flat(query: Expr, binding: Binding) -> bool:
    """Whether a query only joins, filters and calculates."""
    if isinstance(query, exp.Subquery):
        return not _is_cut(query) and _is_flat(query.this, binding)
    if not isinstance(query, exp.Select) or _is_cut(query):
        return False
    return not _is_grouped(query, binding.bound.selects[id(query)])


def _is_cut(query: Expr) -> bool:
    return any(query.args.get(name) for name in ("distinct", "limit", "offset"))


def _offer(columns: list[tuple[Column, Term]], frame: Frame, items: list[Item]) -> None:
    """The columns of a FROM element, as its reader sees them."""
    known = dict(columns)
    for item in items:
        for column in _known_columns(item.relation):
            one: Column | None = column
            while one is not None and one not in known:
                one = one.origin
            if one is not None:
                frame.values[column] = known[one]


def _opaque_item(
    node: Expr, frame: Frame, source: Source, items: list[Item], query: Expr | None
) -> None:
    """PIVOT, table functions and recursion: told by their text and by what they read."""
    parts = [_plain_text(node, frame)]
    if query is not None:
        parts.append(_plain_text(query, frame))
    read = _rows_read(node, query, frame, source)
    whole = source.number(term("opaque", *parts, *read))
    source.joined.append(Rowset(whole, whole))
    for item in items:
        for column in _known_columns(item.relation):
            frame.values[column] = term("of", whole, text(column.key))


def _rows_read(node: Expr, query: Expr | None, frame: Frame, source: Source) -> list[Term]:
    """The queries that a FROM element reads under their names."""
    bound = frame.binding.bound
    found: list[Term] = []
    for table in (query or node).find_all(exp.Table):
        cte = bound.ctes.get(id(table))
        if cte is None or cte.recursive:
            source.tables.add(table.name)
            continue
        inner = _query(cte.node.this, frame, Source(depth=source.depth))
        source.tables |= inner.tables
        found += [inner.rows.exact, *[value for _, value in inner.columns]]
    return found

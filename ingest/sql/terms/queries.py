"""The terms of a query: of each output column, and of its rows."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr

from ingest.sql.relation import all_columns
from ingest.sql.scope import Binding
from ingest.sql.terms.frame import Frame, Rowset, Source, Temporary, Valued, narrowed
from ingest.sql.terms.grouping import grouped_rows, is_grouped
from ingest.sql.terms.setops import set_operation
from ingest.sql.terms.sources import read_from
from ingest.sql.terms.term import Term, term, text, unordered
from ingest.sql.terms.told import plain_text, reader_of, told_by_text, unnested
from ingest.sql.terms.values import Reader, conditions, order_key
from ingest.sql.tree import child, children, listed


def valued(node: Expr, binding: Binding, temporary: Temporary) -> Valued:
    """Give the terms of a bound query; `temporary` are those that the script made before."""
    return _query(node, Frame(binding, _query, temporary=temporary), Source())


def reader(binding: Binding) -> Reader:
    """Give a reader of expressions that stand outside of queries."""
    return reader_of(Frame(binding, _query))


def _query(node: Expr, outer: Frame, source: Source) -> Valued:
    """Value a query; `source` is new, and counts mentions with the clause that it is to join."""
    if isinstance(node, exp.Select):
        return _select(node, outer, source)
    if isinstance(node, exp.Subquery):
        return _limited(node, outer, _query(node.this, outer, source))
    if isinstance(node, exp.SetOperation):
        return _limited(node, outer, set_operation(node, outer, source.depth))
    return _opaque(node, outer)


def _opaque(node: Expr, outer: Frame) -> Valued:
    """What is not looked into means what is written, and what it reads."""
    whole = term("opaque", plain_text(node, outer))
    relation = outer.binding.bound.queries.get(id(node))
    columns = all_columns(relation) if relation is not None else []
    made = [(column, term("of", whole, text(column.key))) for column in columns]
    rows = Rowset(whole, whole)
    return Valued(made, rows, frozenset(), core=rows)


def _select(node: exp.Select, outer: Frame, source: Source) -> Valued:
    binding = outer.binding
    scope, relation = binding.bound.selects[id(node)], binding.bound.queries[id(node)]
    frame = Frame(binding, outer.query, outer, source.depth, outer.temporary)
    here = reader_of(frame)
    read_from(node, frame, source)
    for name in ("prewhere", "where"):
        clause = child(node, name)
        source.conditions |= conditions(here, clause.this) if clause is not None else set()
    for name in ("connect", "match"):
        told_by_text(child(node, name), frame, source)
    for part in unnested(node):
        made = term("unnest", *[here.value(one) for one in children(part)])
        source.joined.append(Rowset(made, made))
    frame.rows = frame.seen = source.rows()
    grouped = is_grouped(node, scope)
    if grouped:
        frame.seen = grouped_rows(node, here, relation)
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
    here = reader_of(frame)
    bounds = [here.value(limit) for limit in limits]
    made = term("limited", found.rows.exact, *_order(here, node), *bounds)
    rows = Rowset(made, made)
    return Valued(found.columns, rows, found.tables, core=rows)

"""The FROM clause: its elements, and what joins them."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier

from ingest.sql.relation import all_columns
from ingest.sql.scope import CTE, Binding, Item
from ingest.sql.sources import is_joined_in_parentheses
from ingest.sql.terms.frame import Frame, Made, Rowset, Source
from ingest.sql.terms.grouping import is_grouped
from ingest.sql.terms.offered import known_columns, offer, offer_stored
from ingest.sql.terms.term import Term, term, text, unordered
from ingest.sql.terms.told import plain_text, reader_of, told_by_text, unnested
from ingest.sql.terms.values import conditions
from ingest.sql.tree import child, identifier, listed, word


def read_from(node: Expr, frame: Frame, source: Source) -> None:
    first = child(node, "from_")
    if first is not None:
        rest = (*listed(node, "joins"), *listed(node, "laterals"), *listed(first.this, "joins"))
        _joined(first.this, frame, source, alone=not rest and not list(unnested(node)))
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
        told_by_text(join, frame, source)
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
        return conditions(reader_of(frame), on)
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
        told_by_text(node, frame, source)
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
        offer_stored(node, frame, source, items)
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
    offer([(column, term("of", mention, value)) for column, value in made.columns], frame, items)


def _derived(query: Expr, frame: Frame, source: Source, items: list[Item], *, alone: bool) -> None:
    """A subselect that only joins and filters is part of the clause; another stands for itself."""
    flat = _is_flat(query, frame.binding)
    own = source.part() if flat else Source(depth=source.depth)
    found = frame.query(query, frame, own)
    if found.source is not None and flat:
        source.take(found.source)
        offer(found.columns, frame, items)
        return
    source.tables |= found.tables
    if alone:
        source.base = found.rows
        offer(found.columns, frame, items)
        return
    mention = source.number(unordered("derived", [text(name) for name in found.tables]))
    rows = (term("derived", mention, told) for told in found.rows)
    source.joined.append(Rowset(*rows))
    offer([(column, term("of", mention, value)) for column, value in found.columns], frame, items)


def _is_flat(query: Expr, binding: Binding) -> bool:
    """Whether a query only joins, filters and calculates."""
    if isinstance(query, exp.Subquery):
        return not _is_cut(query) and _is_flat(query.this, binding)
    if not isinstance(query, exp.Select) or _is_cut(query):
        return False
    return not is_grouped(query, binding.bound.selects[id(query)])


def _is_cut(query: Expr) -> bool:
    return any(query.args.get(name) for name in ("distinct", "limit", "offset"))


def _opaque_item(
    node: Expr, frame: Frame, source: Source, items: list[Item], query: Expr | None
) -> None:
    """PIVOT, table functions and recursion: told by their text and by what they read."""
    parts = [plain_text(node, frame)]
    if query is not None:
        parts.append(plain_text(query, frame))
    read = _rows_read(node, query, frame, source)
    whole = source.number(term("opaque", *parts, *read))
    source.joined.append(Rowset(whole, whole))
    for item in items:
        for column in known_columns(item.relation):
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
        inner = frame.query(cte.node.this, frame, Source(depth=source.depth))
        source.tables |= inner.tables
        found += [inner.rows.exact, *[value for _, value in inner.columns]]
    return found

"""The FROM clause: its items, what joins them, and what each of them offers."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier

from ingest.flows import Subtype
from ingest.sql.errors import Code
from ingest.sql.expressions import condition, flow, rows_deciding
from ingest.sql.functions import UNNESTING
from ingest.sql.lineage import (
    EMPTY,
    NONE,
    Lineage,
    Origins,
    absorbed,
    conditioned,
    deciding,
    merged,
    settled,
    through,
)
from ingest.sql.pivots import pivoted
from ingest.sql.projections import star_columns
from ingest.sql.relation import (
    Column,
    Relation,
    all_columns,
    find,
    of_columns,
    of_stored,
    renamed,
    supply,
    unknown,
)
from ingest.sql.schema import look_up
from ingest.sql.scope import CTE, Item, Reference, Scope, item_of, problem
from ingest.sql.spans import of_name
from ingest.sql.tree import child, dotted, identifier, listed, word
from ingest.sql.types.conversions import mixed_columns, note_comparison
from ingest.sql.types.expressions import type_of
from ingest.sql.types.kinds import element_of


def bind_from(scope: Scope, node: Expr) -> None:
    """Bind FROM, its joins and lateral views, from left to right."""
    source = child(node, "from_")
    if source is not None:
        add(scope, source.this)
    for join in listed(node, "joins"):
        bind_join(scope, join)
    for lateral in listed(node, "laterals"):
        add(scope, lateral)


def add(scope: Scope, node: Expr) -> None:
    """A first or comma-joined item: its rows are read, and what shapes them shapes ours."""
    for item in items_of(scope, node):
        scope.items.append(item)
        read(scope, item.relation)
        settle(scope, item.relation.rows.direct | item.relation.rows.indirect)
    for join in listed(node, "joins"):
        bind_join(scope, join)


def read(scope: Scope, relation: Relation) -> None:
    """The rows of a relation enter this query's."""
    scope.feeding |= relation.rows.direct
    scope.shaping |= relation.rows.indirect
    scope.given |= relation.rows.given


def settle(scope: Scope, origins: Origins) -> None:
    """What decides which rows there are for another reason does not only repeat them."""
    if scope.repeating:
        scope.repeating = [(item, found - origins) for item, found in scope.repeating]


# Joins


def bind_join(scope: Scope, join: Expr) -> None:
    """Join an item to those on its left."""
    side, kind, method = (word(join, name) for name in ("side", "kind", "method"))
    left = list(scope.items)
    right = items_of(scope, join.this)
    outer_apply = isinstance(join.this, exp.Lateral) and join.this.args.get("cross_apply") is False
    scope.items = [*left, *right]
    keys = _join_conditions(scope, join, left, right)
    if kind in {"SEMI", "ANTI"}:
        scope.items = left
        decided = [rows_deciding(item.relation, Subtype.JOIN) for item in right]
        scope.shaping |= absorbed(keys.union(*decided))
    elif side == "LEFT" or outer_apply:
        _left_join(scope, join, right, keys, to_one=method == "ASOF")
    else:
        scope.shaping |= keys
        settle(scope, keys)
        for item in right:
            read(scope, item.relation)
            settle(scope, item.relation.rows.direct | item.relation.rows.indirect)
    for nested in listed(join.this, "joins"):
        bind_join(scope, nested)


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
    decides = keys | rows_deciding(item.relation, Subtype.JOIN)
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


def conjuncts(node: Expr) -> Iterator[Expr]:
    """The conditions that AND joins."""
    stack = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, exp.And):
            stack += [part.expression, part.this]
        elif isinstance(part, exp.Paren):
            stack.append(part.this)
        else:
            yield part


def _column_in(scope: Scope, node: Expr, item: Item) -> Column | None:
    column = scope.binding.columns.get(id(node))
    if column is None or all(found is not column for found in find(item.relation, column.key)):
        return None
    qualifier = dotted(node)[:-1]
    return column if not qualifier or item_of(scope, qualifier) is item else None


def _join_conditions(scope: Scope, join: Expr, left: list[Item], right: list[Item]) -> Origins:
    on, using = child(join, "on"), listed(join, "using")
    if on is not None:
        decides = condition(on, scope, Subtype.JOIN)
        type_of(on, scope)
        return decides
    if using:
        names = [identifier(name) for name in using]
        keys = map(scope.binding.rules.key, names)
        return _using(scope, join, left, right, dict(zip(keys, names, strict=True)))
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
        decides |= deciding(one.lineage, Subtype.JOIN) | deciding(other.lineage, Subtype.JOIN)
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


# Items


def items_of(scope: Scope, node: Expr) -> list[Item]:
    """The items of a FROM element: several only for a join in parentheses without an alias."""
    items = scope.binding.bound.items[id(node)] = _items_of(scope, node)
    return items


def _items_of(scope: Scope, node: Expr) -> list[Item]:
    alias = child(node, "alias")
    if isinstance(node, exp.Subquery) and isinstance(node.this, exp.Table):
        return _joined_in_parentheses(scope, node)
    relation = _pivoted(scope, node, _relation_of(scope, node))
    return [_aliased(scope, node, alias, relation)]


def _joined_in_parentheses(scope: Scope, node: Expr) -> list[Item]:
    inner = Scope(scope.binding, scope, scope.ctes, locals=scope.locals)
    add(inner, node.this)
    for join in listed(node, "joins"):
        bind_join(inner, join)
    alias = child(node, "alias")
    if not isinstance(alias, Expr) or not alias.this:
        scope.merged.update(inner.merged)
        scope.shaping |= inner.shaping
        return inner.items
    relation = of_columns(star_columns(inner), rows_of(inner))
    relation.opens = tuple(item.relation for item in inner.items if item.relation.open)
    return [_aliased(scope, node, alias, _pivoted(scope, node, relation))]


def rows_of(scope: Scope) -> Lineage:
    """What flows into the rows of a scope's items, as far as it is bound."""
    return Lineage(frozenset(scope.feeding), frozenset(scope.shaping), frozenset(scope.given))


def _pivoted(scope: Scope, node: Expr, relation: Relation) -> Relation:
    for pivot in listed(node, "pivots"):
        relation = pivoted(scope, pivot, relation)
    return relation


def _aliased(scope: Scope, node: Expr, alias: Expr | None, relation: Relation) -> Item:
    """What the item is called, and its columns after an alias with a column list."""
    rules = scope.binding.rules
    pivots = listed(node, "pivots")
    if pivots and isinstance(pivots[-1].args.get("alias"), Expr):
        alias = pivots[-1].args["alias"]
    if not rules.duplicates_ambiguous:
        relation = numbered_duplicates(relation)
    if isinstance(alias, exp.TableAlias):
        names = listed(alias, "columns")
        if names and not isinstance(node, (*UNNESTING, exp.Lateral)):
            relation = _renamed(scope, relation, names, alias)
        if isinstance(alias.this, Identifier):
            return Item(rules.key(alias.this), (), relation)
        if names:
            return Item("", (), relation)
    if isinstance(node, exp.Table) and isinstance(node.this, Identifier):
        keys = tuple(rules.key(part) for part in reversed(dotted(node)))
        return Item(keys[0] if keys else "", keys, relation)
    return Item(_function_name(node), (), relation)


def _function_name(node: Expr) -> str:
    call = node.this if isinstance(node, exp.Table) else node
    if isinstance(call, exp.Anonymous):
        return call.name.lower()
    return "unnest" if isinstance(call, UNNESTING) else ""


def numbered_duplicates(relation: Relation) -> Relation:
    """DuckDB calls the second column `a` of a derived table `a_1`."""
    if all(len(found) == 1 for found in relation.index.values()):
        return relation
    columns: list[Column] = []
    seen: dict[str, int] = {}
    for column in relation.columns:
        times = seen[column.key] = seen.get(column.key, -1) + 1
        suffix = f"_{times}" if times and column.key else ""
        columns.append(
            renamed(column, column.name + suffix, column.key + suffix) if suffix else column
        )
    return _with_columns(relation, columns)


def _with_columns(relation: Relation, columns: list[Column]) -> Relation:
    changed = of_columns(columns, relation.rows)
    changed.opens = (relation,) if relation.stored and relation.open else relation.opens
    changed.otherwise = None if relation.stored else relation.otherwise
    changed.hidden, changed.keys = relation.hidden, relation.keys
    return changed


def _renamed(scope: Scope, relation: Relation, names: list[Expr], alias: Expr) -> Relation:
    """`t(a, b)`: the first columns get these names; the others keep theirs."""
    columns = list(all_columns(relation))
    if len(names) > len(columns):
        if not relation.open:
            message = f'"{alias.name}" has {len(columns)} columns, but {len(names)} names.'
            problem(scope.binding, Code.ARITY, alias, message)
        missing = len(names) - len(columns) if relation.open else 0
        columns += [Column("", "", unknown(relation)) for _ in range(missing)]
    rules = scope.binding.rules
    spelled = [identifier(name) for name in names]
    changed = [
        renamed(column, name.name, rules.key(name))
        for name, column in zip(spelled, columns, strict=False)
    ]
    return _with_columns(relation, changed + columns[len(names) :])


def _relation_of(scope: Scope, node: Expr) -> Relation:
    if isinstance(node, exp.Table):
        return _table(scope, node)
    if isinstance(node, exp.Lateral):
        return _lateral(scope, node)
    if isinstance(node, exp.Values):
        return scope.binding.query(node, scope)
    if isinstance(node, UNNESTING):
        return _unnest(scope, node, child(node, "alias"))
    if isinstance(node, exp.Query):
        return scope.binding.query(node, _visible_to_subquery(scope))
    return _function(scope, node, child(node, "alias"))


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
    if not isinstance(node.this, (Identifier, exp.Dot)):
        return _function(scope, node.this, child(node, "alias"))
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
    relation = scope.binding.bound.stored[id(node)] = of_stored(stored)
    return relation


def _common(scope: Scope, node: exp.Table, cte: CTE) -> Relation:
    """What reads a WITH item a second time has columns of its own: they are of other rows."""
    scope.binding.bound.ctes[id(node)] = cte
    relation = scope.binding.common(cte)
    if not cte.read:
        cte.read = True
        return relation
    copies = [renamed(column, column.name, column.key) for column in all_columns(relation)]
    return _with_columns(relation, copies)


def _dotted_key(scope: Scope, node: exp.Table) -> tuple[str, ...]:
    return tuple(scope.binding.rules.key(part) for part in reversed(dotted(node)))


def _lateral(scope: Scope, node: Expr) -> Relation:
    inner, alias = node.this, child(node, "alias")
    if isinstance(inner, exp.Query):
        relation = scope.binding.query(inner, scope)
    elif isinstance(inner, UNNESTING):
        return _unnest(scope, inner, alias)
    else:
        return _function(scope, inner, alias)
    names = listed(alias, "columns") if alias is not None else []
    return (
        _renamed(scope, relation, names, alias) if names and isinstance(alias, Expr) else relation
    )


def _unnest(scope: Scope, node: Expr, alias: Expr | None) -> Relation:
    """Each list gives a column, and decides which rows there are."""
    lists = node.expressions if isinstance(node, exp.Unnest) else [node.this]
    lists = [part.expression if isinstance(part, exp.Kwarg) else part for part in lists]
    names = listed(alias, "columns") if alias is not None else []
    values = [through(flow(part, scope), Subtype.TRANSFORMATION) for part in lists]
    shaping = NONE.union(*[deciding(value, Subtype.FILTER) for value in values])
    rows = Lineage(NONE, shaping, NONE)
    if len(lists) == 1 and not isinstance(node, exp.Unnest):
        return _made_of(scope, names, values[0], rows)
    called = alias.name if isinstance(alias, Expr) and alias.name else "unnest"
    columns = [
        _element(scope, part, value, names[place] if place < len(names) else None, called)
        for place, (part, value) in enumerate(zip(lists, values, strict=True))
    ]
    offset = child(node, "offset")
    spare = names[len(lists)] if len(names) > len(lists) else offset
    if isinstance(spare, Identifier):
        columns.append(Column(spare.name, scope.binding.rules.key(spare), EMPTY))
    relation = of_columns(columns, rows)
    if len(columns) == 1 and not names:
        relation.index.setdefault("unnest", columns)
    return relation


def _element(scope: Scope, node: Expr, value: Lineage, name: Expr | None, called: str) -> Column:
    spelled = name.name if name is not None else called
    key = scope.binding.rules.key(identifier(name)) if name is not None else called.lower()
    return Column(spelled, key, value, element_of(type_of(node, scope)), node)


def _made_of(scope: Scope, names: list[Expr], value: Lineage, rows: Lineage) -> Relation:
    """Columns that are all made of the same; of those not named, any may be asked for."""
    rules = scope.binding.rules
    columns = [Column(name.name, rules.key(identifier(name)), value) for name in names]
    relation = of_columns(columns, rows)
    relation.otherwise = None if names else value
    return relation


def _function(scope: Scope, node: Expr, alias: Expr | None) -> Relation:
    """A table function: what its arguments hold flows into all its columns."""
    arguments = [part for part in node.iter_expressions() if not isinstance(part, exp.EQ)]
    values = [flow(part, scope) for part in arguments]
    value = through(merged(values), Subtype.TRANSFORMATION)
    rows = Lineage(NONE, deciding(value, Subtype.FILTER), NONE)
    if isinstance(node, (exp.GenerateSeries, exp.ExplodingGenerateSeries, exp.GenerateDateArray)):
        named = alias.name if isinstance(alias, Expr) else ""
        called = "range" if node.args.get("is_end_exclusive") else "generate_series"
        column = Column(named or called, (named or called).lower(), value, None, node)
        relation = of_columns([column], rows)
        relation.index.setdefault(called, [column])
        return relation
    return _made_of(scope, [], value, rows)

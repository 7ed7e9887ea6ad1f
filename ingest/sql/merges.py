"""MERGE, branch by branch; INSERT … ON CONFLICT is a MERGE on the conflict key."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier

from ingest.flows import Subtype
from ingest.sql.ctes import visible_ctes
from ingest.sql.expressions import condition, flow
from ingest.sql.lineage import EMPTY, NONE, Lineage, Origins, deciding, merged, written_at
from ingest.sql.outputs import Mode, Output
from ingest.sql.relation import (
    Column,
    Relation,
    Stored,
    all_columns,
    find,
    of_columns,
    of_stored,
    unknown,
)
from ingest.sql.scope import Item, Scope, clause
from ingest.sql.sources import items_of, rows_of
from ingest.sql.tree import child, dotted, identifier, listed
from ingest.sql.writes import assigned, target_name, target_of


def bind_merge(node: Expr, outer: Scope) -> Output:
    """ON and the WHEN conditions shape the rows; each branch is the write that it is."""
    scope = Scope(outer.binding, outer, visible_ctes(node, outer))
    table = node.this
    stored = target_of(scope, table)
    source = items_of(scope, node.args["using"])
    scope.items = [_target_item(scope, table, stored), *source]
    for item in source:
        scope.shaping |= item.relation.rows.indirect
        scope.given |= item.relation.rows.given
        scope.feeding |= item.relation.rows.direct
    scope.binding.bound.writes[id(node)] = scope
    on = child(node, "on")
    if on is not None:
        scope.shaping |= condition(on, scope, Subtype.JOIN)
    columns: list[Column] = []
    whens = child(node, "whens")
    for when in whens.expressions if whens is not None else []:
        columns += _branch(scope, stored, when, source[0].relation)
    return Output(stored.table, columns, rows_of(scope), Mode.MERGE)


def _target_item(scope: Scope, table: Expr, stored: Stored) -> Item:
    alias, rules = child(table, "alias"), scope.binding.rules
    keys = tuple(rules.key(part) for part in reversed(dotted(table)))
    if alias is not None and isinstance(alias.this, Identifier):
        return Item(rules.key(alias.this), (), of_stored(stored))
    return Item(keys[0], keys, of_stored(stored))


def _branch(scope: Scope, stored: Stored, when: Expr, source: Relation) -> list[Column]:
    test = child(when, "condition")
    if test is not None:
        scope.shaping |= condition(test, scope, Subtype.FILTER)
    then = child(when, "then")
    if isinstance(then, exp.Update):
        if _is_whole(listed(then, "expressions")):
            return _whole_row(scope, stored, source, then)
        pairs = [pair for one in then.expressions for pair in assigned(scope, stored, one)]
    elif isinstance(then, exp.Insert):
        names, values = _listed_values(then)
        if values is None:
            return _whole_row(scope, stored, source, then)
        new = Scope(scope.binding, scope, scope.ctes, locals=scope.locals)
        new.items = scope.items[1:]  # a row that is new is none of the target
        pairs = _inserted(new, stored, names, values)
    else:
        return []
    return [Column(name, name.lower(), value) for name, value in pairs]


def _listed_values(then: Expr) -> tuple[list[Identifier], list[Expr] | None]:
    """INSERT (names) VALUES (values): a parser may take VALUES for a function, and no names."""
    listed_names = listed(then.this, "expressions") if isinstance(then.this, Expr) else []
    values = then.args.get("expression")
    if isinstance(values, exp.Tuple):
        return [dotted(part)[-1] for part in listed_names], values.expressions
    called = listed_names[0] if len(listed_names) == 1 else None
    if isinstance(called, exp.Anonymous) and called.name.upper() == "VALUES":
        return [], called.expressions
    return [], None


def _is_whole(assignments: list[Expr]) -> bool:
    """UPDATE SET *, which parsers of some dialects tell by an empty list."""
    return all(isinstance(one, exp.Star) for one in assignments)


def _inserted(
    scope: Scope, stored: Stored, names: list[Identifier], values: list[Expr]
) -> list[tuple[str, Lineage]]:
    spelled = [target_name(scope, stored, name) for name in names]
    if not spelled and stored.columns is not None:
        spelled = [name for name, _ in stored.columns.values()]
    elif not spelled:  # an open target: as the values are called
        spelled = [value.name for value in values]
    return [
        (name, written_at(flow(value, scope), clause(scope, value)))
        for name, value in zip(spelled, values, strict=False)
        if name
    ]


def _whole_row(scope: Scope, stored: Stored, source: Relation, then: Expr) -> list[Column]:
    """INSERT ROW, INSERT * and UPDATE SET *: by name.

    What only the source has is left out, or added where the target's columns evolve.
    """
    if scope.binding.rules.stars_by_target and stored.columns is not None:
        evolving = then.find_ancestor(exp.Merge)
        kept = [
            Column(told[0] if told else column.name, column.key, column.lineage)
            for column in all_columns(source)
            if (told := stored.columns.get(column.key))
            or (evolving is not None and evolving.args.get("evolving"))
        ]
        return [*kept, Column("*", "", unknown(source))] if source.open else kept
    columns = [
        Column(
            target_name(scope, stored, exp.Identifier(this=column.name, quoted=True)),
            column.key,
            column.lineage,
        )
        for column in all_columns(source)
    ]
    return [*columns, Column("*", "", unknown(source))] if source.open else columns


def bind_conflict(
    node: Expr, outer: Scope, stored: Stored, inserted: list[Column], rows: Lineage
) -> Output:
    """What INSERT … ON CONFLICT adds to a plain INSERT."""
    conflict = node.args["conflict"]
    target = of_stored(stored)
    given = {column.key for column in inserted}
    default = [
        Column(name, key, EMPTY, kind)
        for key, (name, kind) in (stored.columns or {}).items()
        if key not in given
    ]
    excluded = of_columns([*inserted, *default], EMPTY)
    if stored.columns is None and not isinstance(node.this, exp.Schema):
        excluded.otherwise = merged([column.lineage for column in inserted])  # in what order?
    scope = Scope(outer.binding, outer, outer.ctes)
    alias = child(node.this, "alias")
    table = node.this.this if isinstance(node.this, exp.Schema) else node.this
    item = _target_item(scope, table, stored) if alias is None else None
    scope.items = [
        item or Item(scope.binding.rules.key(identifier(alias)) if alias else "", (), target),
        Item("excluded", (), excluded),
        *_inserted_items(node, scope, excluded),
    ]
    scope.visible = scope.binding.rules.in_where
    shaping = _keys(scope, conflict, inserted, scope.items[0].relation)
    where = child(conflict, "where")
    if where is not None:
        shaping |= condition(where.this, scope, Subtype.FILTER)
    pairs = [
        pair
        for one in conflict.expressions
        if isinstance(one, exp.EQ)
        for pair in assigned(scope, stored, one)
    ]
    columns = [Column(name, name.lower(), value) for name, value in pairs]
    return Output(
        stored.table,
        columns,
        Lineage(NONE, shaping | rows.indirect, rows.given),
        Mode.MERGE,
    )


def _inserted_items(node: Expr, scope: Scope, excluded: Relation) -> list[Item]:
    """ON DUPLICATE KEY UPDATE may name the tables that are read, and VALUES by its alias."""
    source = child(node, "expression")
    alias = child(source, "alias") if isinstance(source, exp.Values) else None
    if alias is not None and isinstance(alias.this, Identifier):
        return [Item(scope.binding.rules.key(alias.this), (), excluded)]
    inner = scope.binding.bound.selects.get(id(source))
    duplicate = node.args["conflict"].args.get("duplicate")
    return list(inner.items) if inner is not None and duplicate else []


def _keys(scope: Scope, conflict: Expr, inserted: list[Column], target: Relation) -> Origins:
    found = NONE
    for key in listed(conflict, "conflict_keys"):
        names = dotted(key.this if isinstance(key, exp.Ordered) else key)
        for name in names[-1:]:
            at = clause(scope, name)
            wanted = scope.binding.rules.key(name)
            found = found.union(
                *[deciding(column.lineage, Subtype.JOIN, at) for column in find(target, wanted)],
                *[
                    deciding(column.lineage, Subtype.JOIN, at)
                    for column in inserted
                    if column.key == wanted
                ],
            )
    return found

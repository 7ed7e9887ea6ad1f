"""Which column a name means at a place in a statement."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot.expressions import Expr, Identifier

from ingest.flows import Subtype
from ingest.sql.errors import Code
from ingest.sql.fields import fields_of, has_no_fields
from ingest.sql.lineage import EMPTY, of_source, through
from ingest.sql.relation import Column, everything, find, supply
from ingest.sql.rules import Aliases
from ingest.sql.scope import Item, Reference, Scope, problem
from ingest.sql.spans import of_name


def resolve(scope: Scope, node: Expr) -> Column | None:
    """Find the column that a reference (`a`, `t.a`, `s.t.a.field` …) names; None with a problem."""
    args = node.args
    parts = [part for name in _PARTS if isinstance(part := args.get(name), Identifier)]
    column = resolve_parts(scope, parts, node)
    if column is not None:
        scope.binding.told.references.append(Reference(of_name(parts[-1]), column))
        scope.binding.columns[id(node)] = column
    return column


_PARTS = ("catalog", "db", "table", "this")


def resolve_parts(scope: Scope, parts: list[Identifier], node: Expr) -> Column | None:
    """Find the column of a dotted name, outermost part first."""
    if len(parts) == 1:
        column = unqualified(scope, parts[0])
        if column is None:
            problem(
                scope.binding,
                Code.UNKNOWN_COLUMN,
                node,
                f'There is no column "{parts[0].this}" here.',
            )
        return column
    return _qualified(scope, parts)


def unqualified(scope: Scope, name: Identifier) -> Column | None:
    """Find the column that a bare name means, from the innermost scope outwards."""
    key = scope.binding.rules.key(name)
    level: Scope | None = scope
    while level is not None:
        found = _in_scope(level, key, name)
        if found is not None or key in level.named_here:
            return found
        level = level.parent
    return None


def _in_scope(scope: Scope, key: str, name: Identifier) -> Column | None:
    alias = scope.aliases.get(key) if scope.visible is not Aliases.HIDDEN else None
    if alias is not None and scope.visible is Aliases.BEFORE_COLUMNS:
        return alias
    known = _known(scope, key, name)
    if known is not None:
        return known
    if alias is not None and not (scope.prefer_open and _open_items(scope)):
        return alias
    if key in scope.binding.rules.pseudo_columns:
        return Column(name.this, key, EMPTY)
    return _row_of(scope, key, name) or _unknown(scope, key, name) or alias


def _known(scope: Scope, key: str, name: Identifier) -> Column | None:
    merged = scope.merged.get(key)
    if merged is not None:
        return merged
    hits = [found for item in scope.items if (found := find(item.relation, key))]
    if not hits:
        return None
    if len(hits) > 1 or (len(hits[0]) > 1 and scope.binding.rules.duplicates_ambiguous):
        problem(
            scope.binding,
            Code.AMBIGUOUS,
            name,
            f'"{name.this}" could be a column of more than one table here.',
        )
        return Column(name.this, key, of_source(scope.binding.nobody.source(name.this)))
    return hits[0][0]


def _row_of(scope: Scope, key: str, name: Identifier) -> Column | None:
    """A name that no column has may be that of a FROM item: its whole row."""
    for item in scope.items:
        if item.key == key:
            return Column(
                name.this, key, through(everything(item.relation), Subtype.TRANSFORMATION)
            )
    return None


def _open_items(scope: Scope) -> list[Item]:
    return [item for item in scope.items if item.relation.open]


def _unknown(scope: Scope, key: str, name: Identifier) -> Column | None:
    """A name that is not known belongs to the only open table, or to one that cannot be told."""
    items = _open_items(scope)
    made = [
        column
        for item in items
        if (column := supply(item.relation, key, name.this, scope.binding.nobody))
    ]
    if len(made) <= 1:
        return made[0] if made else None
    for item in items:
        item.relation.index.pop(key, None)
    return Column(name.this, key, of_source(scope.binding.nobody.source(name.this)))


def item_of(scope: Scope, parts: list[Identifier]) -> Item | None:
    """Find the FROM item that a qualifier (`t`, `s.t`, `db.s.t`) names, outwards."""
    return next(_items_of_name(scope, parts), None)


def _items_of_name(scope: Scope, parts: list[Identifier]) -> Iterator[Item]:
    """The FROM item of that name; where it lacks a column, those of the name around it, too."""
    keys = tuple(scope.binding.rules.key(part) for part in reversed(parts))
    level: Scope | None = scope
    while level is not None:
        item = _item_here(level, keys)
        if item is not None:
            yield item
            if not scope.binding.rules.seen_through:
                return
        level = level.parent


def _item_here(scope: Scope, keys: tuple[str, ...]) -> Item | None:
    for item in scope.items:
        if item.path[: len(keys)] == keys or (len(keys) == 1 and item.key == keys[0]):
            return item
    return None


def _qualified(scope: Scope, parts: list[Identifier]) -> Column | None:
    """The longest qualifier that names a FROM item; what stays behind the column are fields."""
    column = _of_own_item(scope, parts)
    if column is not None:
        return column
    shortest = 0 if scope.binding.rules.struct_dots else len(parts) - 2
    if scope.binding.rules.own_fields_first:
        column = _before_outer_items(scope, parts)
        if column is not None:
            return fields_of(column, parts[1:], scope)
    for split in range(len(parts) - 1, shortest, -1):
        key = scope.binding.rules.key(parts[split])
        for item in _items_of_name(scope, parts[:split]):
            column = _of_item(scope, item, key, parts[split])
            if column is not None:
                return fields_of(column, parts[split + 1 :], scope)
    if parts[-1].this.lower() in _OF_SEQUENCES and item_of(scope, parts[:-1]) is None:
        return Column(parts[-1].this, scope.binding.rules.key(parts[-1]), EMPTY)
    return _field(scope, parts) or _missing(scope, parts)


_OF_SEQUENCES = frozenset({"nextval", "currval"})


def _of_item(scope: Scope, item: Item, key: str, name: Identifier) -> Column | None:
    found = find(item.relation, key)
    if found:
        return found[0]
    if key in scope.binding.rules.pseudo_columns:
        return Column(name.this, key, EMPTY)
    return supply(item.relation, key, name.this, scope.binding.nobody)


def _of_own_item(scope: Scope, parts: list[Identifier]) -> Column | None:
    """Most names are of a column of a FROM item here."""
    key = scope.binding.rules.key
    item = _item_here(scope, tuple([key(part) for part in parts[-2::-1]]))
    return _of_item(scope, item, key(parts[-1]), parts[-1]) if item is not None else None


def _before_outer_items(scope: Scope, parts: list[Identifier]) -> Column | None:
    """A column of an inner query, whose field is meant before a table of a query around it.

    In WHERE and ON one that has no fields is passed over.
    """
    keys = tuple(scope.binding.rules.key(part) for part in parts)
    level: Scope | None = scope
    while level is not None:
        if any(_item_here(level, keys[:split][::-1]) for split in range(1, len(keys))):
            return None
        found = [columns[0] for item in level.items if (columns := find(item.relation, keys[0]))]
        if level.filtering:
            found = [column for column in found if not has_no_fields(column.type, scope)]
        if found:
            return found[0] if len(found) == 1 else None
        level = level.parent
    return None


def _field(scope: Scope, parts: list[Identifier]) -> Column | None:
    """A bare column, and the rest of the dotted name is a path of fields in it."""
    if not scope.binding.rules.struct_dots or item_of(scope, parts[:1]) is not None:
        return None
    column = unqualified(scope, parts[0])
    return fields_of(column, parts[1:], scope) if column is not None else None


def _missing(scope: Scope, parts: list[Identifier]) -> None:
    qualifier, name = ".".join(part.this for part in parts[:-1]), parts[-1]
    if item_of(scope, parts[:-1]) is not None:
        message = f'"{qualifier}" has no column "{name.this}".'
    else:
        message = f'There is no table or alias "{qualifier}" here.'
    problem(scope.binding, Code.UNKNOWN_COLUMN, name, message)

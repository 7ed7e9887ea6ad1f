"""What a statement does to tables themselves: RENAME, SWAP, DROP, and ALTER of their columns.

Who makes facts of them finds them at each bound statement, in the order of the text
(`bind_parsed(…).statements[n].lifecycle`), with tables named as in its answers. A statement that
was inlined or composed away keeps them, and so does one in which something else is wrong.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp
from sqlglot.expressions import DataType, Expr, Identifier

from ingest.sql.relation import Stored
from ingest.sql.schema import Schema, look_up
from ingest.sql.tree import child, dotted, identifier, listed


class Change(enum.StrEnum):
    """What happened; RENAME and DROP as in OpenLineage's facet of lifecycle changes."""

    DROP = "DROP"
    RENAME = "RENAME"
    SWAP = "SWAP"
    ADD_COLUMN = "ADD_COLUMN"
    DROP_COLUMN = "DROP_COLUMN"
    RENAME_COLUMN = "RENAME_COLUMN"
    RETYPE_COLUMN = "RETYPE_COLUMN"


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """One change of one table, which is named as it was before."""

    change: Change
    table: str
    column: str | None = None  # None: of the table
    to: str | None = None  # the new name or type; of a swap the other table


def lifecycle_of(node: Expr, schema: Schema) -> tuple[Lifecycle, ...]:
    """Give what a statement changes, in order; nothing for one that changes no table."""
    if isinstance(node, exp.Drop):
        return tuple(Lifecycle(Change.DROP, name) for name in _dropped(node, schema))
    if isinstance(node, exp.Alter):
        return tuple(_altered(node, schema))
    return ()


def changed(schema: Schema, node: Expr, changes: tuple[Lifecycle, ...]) -> None:
    """Let the statements behind see the tables as they are now.

    A table that has gone is open from then on: what the script does not tell is no error.
    """
    kinds = {identifier(one).name: _kind(one) for one in listed(node, "actions")}
    for one in changes:
        before = _stored(schema, one.table)
        if one.change is Change.SWAP and one.to is not None:
            other = _stored(schema, one.to)
            schema.stored[one.table] = Stored(before.table, other.columns, other.keys)
            schema.stored[one.to] = Stored(other.table, before.columns, before.keys)
        elif one.column is not None:
            columns = _columns(schema, before, one, kinds)
            schema.stored[one.table] = Stored(before.table, columns, before.keys)
        else:
            schema.stored[one.table] = Stored(before.table, None)
            if one.to is not None:
                new = _stored(schema, one.to)
                schema.stored[one.to] = Stored(new.table, before.columns, before.keys)


def _dropped(node: Expr, schema: Schema) -> Iterator[str]:
    if str(node.args.get("kind")).upper() in {"TABLE", "VIEW"}:
        for table in [*listed(node, "this"), *listed(node, "tables")]:
            if isinstance(table, exp.Table):
                yield _name(schema, table)


def _name(schema: Schema, node: exp.Table) -> str:
    return look_up(schema, node).table.name or ""


def _altered(node: Expr, schema: Schema) -> Iterator[Lifecycle]:
    table = node.this
    if not isinstance(table, exp.Table) or not dotted(table):
        return
    name = _name(schema, table)
    for action in listed(node, "actions"):
        if isinstance(action, (exp.AlterRename, exp.SwapTable)):
            change = Change.SWAP if isinstance(action, exp.SwapTable) else Change.RENAME
            yield Lifecycle(change, name, to=_name(schema, _beside(action.this, table)))
        else:
            yield from _altered_column(action, name)


def _beside(node: exp.Table, table: exp.Table) -> exp.Table:
    """A bare new name stays in the schema of the old one."""
    if node.args.get("db") is not None:
        return node
    found = node.copy()
    for part in ("db", "catalog"):
        found.set(part, table.args.get(part))
    return found


def _altered_column(action: Expr, table: str) -> Iterator[Lifecycle]:
    if isinstance(action, exp.ColumnDef):
        yield Lifecycle(Change.ADD_COLUMN, table, action.name, _spelled(_kind(action)))
    elif isinstance(action, exp.Drop):
        for column in [*listed(action, "this"), *listed(action, "tables")]:
            yield Lifecycle(Change.DROP_COLUMN, table, column.name)
    elif isinstance(action, exp.RenameColumn):
        yield Lifecycle(Change.RENAME_COLUMN, table, action.this.name, action.args["to"].name)
    elif isinstance(action, exp.AlterColumn) and _kind(action) is not None:
        yield Lifecycle(Change.RETYPE_COLUMN, table, action.name, _spelled(_kind(action)))


def _kind(node: Expr) -> DataType | None:
    kind = child(node, "kind") or child(node, "dtype")
    return kind if isinstance(kind, DataType) else None


def _spelled(kind: DataType | None) -> str | None:
    return kind.sql() if kind is not None else None


def _stored(schema: Schema, name: str) -> Stored:
    """A table by its name as answered, as the schema or the script before told it."""
    known = schema.stored.get(name)
    return known or look_up(schema, exp.Table(this=Identifier(this=name, quoted=True)))


def _columns(
    schema: Schema, table: Stored, one: Lifecycle, kinds: dict[str, DataType | None]
) -> dict[str, tuple[str, DataType | None]] | None:
    if table.columns is None:
        return None
    key = schema.rules.stored(one.column or "")
    columns = dict(table.columns)
    if one.change is Change.DROP_COLUMN:
        columns.pop(key, None)
    elif one.change is Change.RENAME_COLUMN and one.to is not None:
        new = schema.rules.stored(one.to)
        return {
            new if at == key else at: (one.to, kind) if at == key else (name, kind)
            for at, (name, kind) in columns.items()
        }
    else:
        columns[key] = (columns.get(key, (one.column or "",))[0], kinds.get(one.column or ""))
    return columns

"""Fields of structs: paths of names that go into a column."""

from __future__ import annotations

from sqlglot.expressions import DataType, DType, Identifier, to_identifier

from ingest.flows import Subtype
from ingest.sql.errors import Code
from ingest.sql.lineage import Lineage, of_source, through
from ingest.sql.relation import Column
from ingest.sql.scope import Scope, problem


def fields_of(column: Column, names: list[Identifier], scope: Scope) -> Column | None:
    """Follow a path of field names into a column; None with a problem if its type has no such."""
    for name in names:
        inner = field_of(column, name, scope)
        if inner is None:
            message = f'"{column.name}" has no field "{name.this}".'
            problem(scope.binding, Code.UNKNOWN_COLUMN, name, message)
            return None
        column = inner
    return column


def field_of(column: Column, name: Identifier, scope: Scope) -> Column | None:
    """One field of a column; None if the column's type is known and has none of that name."""
    members = members_of(column.type)
    kind = None
    spelled = name.this
    if members is None and has_no_fields(column.type, scope):
        return None
    if members is not None:
        key = scope.binding.rules.key(name)
        match = [found for found in members if scope.binding.rules.stored(found[0]) == key]
        if not match:
            return None
        spelled, kind = match[0]
    key = scope.binding.rules.key(name)
    lineage = _deeper(column.lineage, spelled)
    return Column(spelled, key, lineage, kind, column.node, within=column)


def has_no_fields(kind: DataType | None, scope: Scope) -> bool:
    """Whether a type is known to have no fields, by a dialect whose types are checked."""
    plain = (
        *DataType.NUMERIC_TYPES,
        *DataType.TEMPORAL_TYPES,
        *DataType.TEXT_TYPES,
        *DataType.ARRAY_TYPES,
        DType.BOOLEAN,
    )
    return scope.binding.rules.types_checked and kind is not None and kind.is_type(*plain)


def members_of(kind: DataType | None) -> list[tuple[str, DataType | None]] | None:
    """Names and types of a struct's fields; None for what is not known to be a struct."""
    if kind is None or not kind.is_type(*DataType.STRUCT_TYPES) or not kind.expressions:
        return None
    return [
        (part.name, inner if isinstance(inner := part.args.get("kind"), DataType) else None)
        for part in kind.expressions
    ]


def member_columns(scope: Scope, column: Column) -> list[Column]:
    """The fields of a struct; none of what is not known to be one."""
    members = members_of(column.type) or []
    found = [field_of(column, to_identifier(name, quoted=True), scope) for name, _ in members]
    return [inner for inner in found if inner is not None]


def _deeper(lineage: Lineage, name: str) -> Lineage:
    """Only of a stored column are the fields told apart."""
    if len(lineage.direct) == 1:
        ((source, subtype, _),) = lineage.direct
        if subtype is Subtype.IDENTITY and source.path:
            inner = of_source(source.table.source(*source.path, name))
            return lineage._replace(direct=inner.direct)
    return through(lineage, Subtype.TRANSFORMATION)

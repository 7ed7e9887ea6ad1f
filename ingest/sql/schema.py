"""The tables that a statement may name, found as the dialect writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from sqlglot import Dialect
from sqlglot.errors import SqlglotError
from sqlglot.expressions import DataType, Expr, Identifier
from sqlglot.expressions import Table as TableNode

from ingest.sql.lineage import Table
from ingest.sql.relation import Stored
from ingest.sql.rules import Rules
from ingest.sql.tree import dotted
from ingest.sql.types.kinds import spelling

_PART = re.compile(r'"((?:[^"]|"")*)"|`([^`]*)`|\[([^\]]*)\]|([^.]+)')


@dataclass(slots=True, eq=False)
class Schema:
    """What is known of the tables: by name parts, innermost first (`t`, `s`, `db`)."""

    rules: Rules
    tables: dict[tuple[str, ...], Declared]
    defaults: tuple[str | None, str | None] = (None, None)  # (schema, database)
    stored: dict[str, Stored] = field(default_factory=dict[str, Stored])
    endings: dict[str, list[tuple[str, ...]]] = field(
        default_factory=dict[str, list[tuple[str, ...]]]
    )

    def declared(self) -> Iterable[Declared]:
        """Give all tables that were declared."""
        return self.tables.values()

    def find(self, name: str) -> Declared | None:
        """Give the table that was declared under this name."""
        return self.tables.get(_keys_of(self.rules, name))


@dataclass(slots=True, frozen=True)
class Declared:
    """A table of the schema: its name as given, and its columns' types as given.

    `open`: it may have more columns; `lost`: keys of columns that it is known not to have.
    """

    name: str
    columns: Mapping[str, str]
    exact: frozenset[str] = frozenset()  # names that are found as they are, in quotes, alone
    keys: tuple[frozenset[str], ...] = ()  # unique, by column key
    absent: bool = False  # it is known that there is no such table
    renamed: Mapping[str, str] = field(default_factory=dict[str, str])  # keys, to those before
    spelled: Mapping[str, str] = field(default_factory=dict[str, str])  # names, to what texts spell
    open: bool = False
    lost: frozenset[str] = frozenset()


def schema_of(
    tables: Mapping[str, Mapping[str, str]],
    rules: Rules,
    default_schema: str | None = None,
    default_db: str | None = None,
) -> Schema:
    """Read a schema whose keys are `t`, `s.t` or `db.s.t`."""
    schema = Schema(rules, {}, (default_schema, default_db))
    for name, columns in tables.items():
        declare(schema, Declared(name, columns))
    return schema


def declare(schema: Schema, table: Declared) -> None:
    """Add a table, or replace the one of that name."""
    declare_as(schema, _keys_of(schema.rules, table.name), table)


def declare_as(schema: Schema, parts: tuple[str, ...], table: Declared) -> None:
    """Add a table under the parts that a statement names it by, the innermost first."""
    if parts not in schema.tables:
        schema.endings.setdefault(parts[0], []).append(parts)
    schema.tables[parts] = table
    schema.stored.pop(table.name, None)


def _keys_of(rules: Rules, name: str) -> tuple[str, ...]:
    return tuple(rules.stored(part) for part in reversed(split_name(name)))


def split_name(name: str) -> list[str]:
    """Split a dotted name, whose parts may be quoted; the outermost part comes first."""
    return [next(part for part in match if part) for match in _PART.findall(name) if any(match)]


def found_by(table: Expr, rules: Rules) -> str:
    """Give the name of a table by which a written one finds it, if it is declared."""
    parts = dotted(table)
    return ".".join(rules.named(part.name, rules.key(part)) for part in parts) or table.name


def look_up(schema: Schema, node: TableNode) -> Stored:
    """Find the table that a statement names; one that the schema lacks is open."""
    parts = dotted(node)
    keys = tuple(schema.rules.key(part) for part in reversed(parts))
    declared = _declared(schema, keys)
    name = declared.name if declared else _written(schema, parts)
    found = schema.stored.get(name)
    if found is None:
        found = schema.stored[name] = _stored(schema, name, declared)
    return found


def located(schema: Schema, name: str) -> Stored:
    """A file or stage that is read: of its columns nothing is known but that they have numbers."""
    return schema.stored.setdefault(name, Stored(Table(name, {}), None, numbered=True))


def _stored(schema: Schema, name: str, declared: Declared | None) -> Stored:
    if declared is None:
        return Stored(Table(name, {}), None)
    columns = _columns(schema.rules, declared)
    is_open = declared.open or columns is None
    return Stored(
        Table(name, declared.renamed),
        None if is_open else columns,
        declared.keys,
        declared.absent,
        known=(columns or {}) if is_open else {},
        lost=declared.lost,
    )


def _declared(schema: Schema, keys: tuple[str, ...]) -> Declared | None:
    """The exact name; else the one that differs only in parts that one of the two leaves out."""
    if not keys:
        return None
    exact = schema.tables.get(keys) or schema.tables.get(_filled(schema, keys))
    if exact is not None:
        return exact
    alike = [
        parts
        for parts in schema.endings.get(keys[0], [])
        if all(one == other for one, other in zip(parts, keys, strict=False))
    ]
    if len(alike) > 1:
        alike = [parts for parts in alike if _by_default(schema, parts)]
    return schema.tables[alike[0]] if len(alike) == 1 else None


def _by_default(schema: Schema, parts: tuple[str, ...]) -> bool:
    return len(parts) > 1 and parts[1] in schema.rules.default_schemas


def _filled(schema: Schema, keys: tuple[str, ...]) -> tuple[str, ...]:
    defaults = [schema.rules.stored(part) if part else None for part in schema.defaults]
    filled = list(keys)
    for default in defaults[len(keys) - 1 :]:
        if default is None:
            break
        filled.append(default)
    return tuple(filled)


def _written(schema: Schema, parts: list[Identifier]) -> str:
    """As written, folded by the dialect, with the defaults filled in."""
    names = [schema.rules.key(part) for part in parts]
    for default in schema.defaults[len(names) - 1 :] if names else ():
        if default is None:
            break
        names.insert(0, default)
    return ".".join(names)


def _columns(rules: Rules, declared: Declared) -> Mapping[str, tuple[str, DataType | None]] | None:
    if not declared.columns:
        return None
    columns = {
        _key(rules, declared, name): (name, type_of_text(kind, rules.dialect))
        for name, kind in declared.columns.items()
    }
    for name, kind in declared.spelled.items():
        spelled = type_of_text(kind, rules.dialect)
        if spelled is not None:
            columns[_key(rules, declared, name)] = (name, spelling(spelled))
    return columns


def _key(rules: Rules, declared: Declared, name: str) -> str:
    """A name beside the one that it would be folded to is meant as it stands."""
    stored = rules.stored(name)
    exact = name in declared.exact or (stored != name and stored in declared.columns)
    return rules.folded(name, quoted=True) if exact else stored


@lru_cache(maxsize=4096)
def type_of_text(text: str, dialect: str) -> DataType | None:
    """Read a type as a schema writes it; None if it cannot be read."""
    try:
        return DataType.build(text, dialect=Dialect.get_or_raise(dialect)) if text else None
    except (SqlglotError, ValueError):
        return None

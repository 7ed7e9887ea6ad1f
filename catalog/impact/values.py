"""Which values a column can have, where its query writes all of them."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from catalog.impact.binding import BoundProject
from catalog.impact.graph import Key
from ingest.flows import Subtype
from ingest.sql.assumption import Assumption
from ingest.sql.meaning import Field, Use
from ingest.sql.schema import type_of_text
from ingest.sql.types.kinds import DECIMALS, FLOATS, INTEGERS, kind_of


def values_of(bound: BoundProject, key: Key, column: str) -> frozenset[str] | None:
    """Follow a column to the query that writes its values; None if there is none such."""
    seen: set[tuple[Key, str]] = set()
    while (key, column) not in seen:
        seen.add((key, column))
        field = _field(bound, key, column)
        if field is None:
            return None
        if field.holds.written:
            return field.holds.written
        copied = _copied(field)
        if copied is None or copied.table is None:
            return None
        key, column = copied.table.lower(), copied.path[0].lower()
    return None


def gained_of(bound: BoundProject, key: Key, column: str) -> frozenset[str]:
    """Follow a column to a table that is told to have values that it had not."""
    seen: set[tuple[Key, str]] = set()
    while (key, column) not in seen and key in bound.nodes:
        seen.add((key, column))
        table = bound.nodes[key].table
        if table is not None and table.gained:
            return frozenset(value for name, value in table.gained if name == column)
        field = _field(bound, key, column)
        copied = _copied(field) if field is not None else None
        if copied is None or copied.table is None:
            break
        key, column = copied.table.lower(), copied.path[0].lower()
    return frozenset()


def stems_from(bound: BoundProject, key: Key, column: str, source: Key) -> bool:
    """Whether a column is, as it is, that of another relation, over any number of queries."""
    seen: set[tuple[Key, str]] = set()
    while (key, column) not in seen:
        seen.add((key, column))
        field = _field(bound, key, column)
        copied = _copied(field) if field is not None else None
        if copied is None or copied.table is None:
            return False
        key, column = copied.table.lower(), copied.path[0].lower()
        if key == source:
            return True
    return False


def _field(bound: BoundProject, key: Key, column: str) -> Field | None:
    """The column of a relation that one statement makes."""
    meanings = bound.meanings.get(key, ())
    if len(meanings) != 1 or len(meanings[0].results) != 1:
        return None
    return next((one for one in meanings[0].results[0].fields if one.key.lower() == column), None)


def _copied(field: Field) -> Use | None:
    """The column of another relation that this one is as it is."""
    if len(field.direct) == 1 and field.direct[0].subtype is Subtype.IDENTITY:
        return field.direct[0] if len(field.direct[0].path) == 1 else None
    return None


def unmatched(base: BoundProject, head: BoundProject, key: Key) -> Iterator[str]:
    """Say what a node's statements assume of values and matched before, and matches none now."""
    told: set[tuple[str, str, Assumption, str]] = set()
    for meaning in head.meanings.get(key, ()):
        for one in meaning.expectations:
            rule = _RULES.get(one.assumption)
            about = (one.table, one.path[0], one.assumption, one.value)
            if rule is None or len(one.path) != 1 or about in told:
                continue
            told.add(about)
            column = (one.table.lower(), one.path[0].lower())
            said = rule(base, head, column, one.value)
            if said is not None:
                yield f"{head.project.names.get(one.table, one.table)}.{one.path[0]} {said}"


_End: TypeAlias = tuple[Key, str]
_Rule: TypeAlias = Callable[[BoundProject, BoundProject, _End, str], str | None]


def _value(base: BoundProject, head: BoundProject, column: _End, value: str) -> str | None:
    lost = _can_be(base, *column, value) and not _can_be(head, *column, value)
    return f"is never '{value}' any more" if lost else None


def _can_be(bound: BoundProject, key: Key, column: str, value: str) -> bool:
    """Whether a column may have a value, as far as is known: that no query on the way denies it."""
    seen: set[tuple[Key, str]] = set()
    while (key, column) not in seen:
        seen.add((key, column))
        field = _field(bound, key, column)
        if field is None:
            table = bound.nodes[key].table if key in bound.nodes else None
            return table is None or (column, value) not in table.without
        holds = field.holds
        told = [one for one in (holds.written, holds.only) if one is not None]
        if value in holds.never or any(value not in one for one in told):
            return False
        copied = _copied(field)
        if copied is None or copied.table is None:
            return True
        key, column = copied.table.lower(), copied.path[0].lower()
    return True


def _pattern(base: BoundProject, head: BoundProject, column: _End, value: str) -> str | None:
    before, after = values_of(base, *column), values_of(head, *column)
    like = re.compile("".join(_LIKE.get(one, re.escape(one)) for one in value), re.DOTALL)
    lost = any(map(like.fullmatch, before or ())) and not any(map(like.fullmatch, after or ()))
    return f"is never like '{value}' any more" if lost and after is not None else None


_LIKE = {"%": ".*", "_": "."}


def _type(base: BoundProject, head: BoundProject, column: _End, value: str) -> str | None:
    """A number is read from texts, of which some are none now."""
    before, after = values_of(base, *column), values_of(head, *column)
    if before is None or after is None or not _is_number(value, head.project.dialect):
        return None
    others = sorted(one for one in after - before if not _NUMBER.fullmatch(one.strip()))
    listed = ", ".join(f"'{one}'" for one in others)
    return f"may be {listed}, which is no {value}" if others else None


def _is_number(type_: str, dialect: str) -> bool:
    found = type_of_text(type_, dialect)
    return found is not None and kind_of(found) in {*INTEGERS, *DECIMALS, *FLOATS}


_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


def is_within(value: str, bound: str) -> bool:
    """Whether a value keeps a bound (`>= 0`): as numbers, else as texts, which dates are."""
    sign, _, limit = bound.partition(" ")
    if _NUMBER.fullmatch(value) and _NUMBER.fullmatch(limit):
        return _KEEPS[sign](float(value), float(limit))
    return _KEEPS[sign](value, limit)


_KEEPS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _partner(base: BoundProject, head: BoundProject, column: _End, value: str) -> str | None:
    """Two columns that are joined have values in common, or none."""
    table, _, name = value.rpartition(".")
    other = (table.lower(), name.lower())
    before = _common(values_of(base, *column), values_of(base, *other))
    after = _common(values_of(head, *column), values_of(head, *other))
    named = f"{head.project.names.get(table, table)}.{name}"
    return f"never equals {named} any more" if before and after == frozenset() else None


def _common(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    return one & other if one is not None and other is not None else None


_RULES: dict[Assumption, _Rule] = {
    Assumption.VALUE: _value,
    Assumption.PATTERN: _pattern,
    Assumption.TYPE: _type,
    Assumption.PARTNER: _partner,
}

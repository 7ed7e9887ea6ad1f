"""The slow way for what the strict types refuse: leave out what says nothing, and say so.

Real producers send nulls, properties of their own and numbers of the wrong sort. What remains
after those are left out is decoded again by the same types.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Final, TypeVar, cast

import msgspec
from msgspec import inspect

from ingest.facts import Notice

T = TypeVar("T")


class Unfit(Exception):
    """The value cannot be what it should be; the notice says where and why."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.message)
        self.notice = notice


@dataclass(frozen=True, slots=True)
class _Fitting:
    drops_parts: bool
    notices: list[Notice] = field(default_factory=list[Notice])


_DROPPED: Final = object()
_type_info = cache(inspect.type_info)

_NAMES: Final[dict[type[inspect.Type], str]] = {
    inspect.StructType: "an object",
    inspect.DictType: "an object",
    inspect.VarTupleType: "an array",
    inspect.StrType: "text",
    inspect.IntType: "a whole number of at most 64 bits",
    inspect.BoolType: "true or false",
}


def fitted(value: object, wire: type[T], *, drops_parts: bool) -> tuple[T, list[Notice]]:
    """Read a value as a wire type after leaving out what is odd.

    `drops_parts`: an optional part or an item of a list that does not fit is left out as well,
    or is None where the type has a place for that.

    Raises:
        Unfit: something that is needed is missing or of the wrong type.
    """
    fitting = _Fitting(drops_parts)
    remaining = _fit(value, _type_info(wire), "", fitting)
    return msgspec.json.decode(msgspec.json.encode(remaining), type=wire), fitting.notices


def pointer(path: str, step: str | int) -> str:
    """Go one step further with a JSON pointer."""
    return f"{path}/{str(step).replace('~', '~0').replace('/', '~1')}"


def _fit(value: object, kind: inspect.Type, path: str, fitting: _Fitting) -> object:
    match kind:
        case inspect.StructType() if isinstance(value, dict):
            return _fit_object(cast("dict[str, object]", value), kind, path, fitting)
        case inspect.DictType(value_type=inner) if isinstance(value, dict):
            return dict(_fit_parts(cast("dict[str, object]", value).items(), inner, path, fitting))
        case inspect.VarTupleType(item_type=inner) if isinstance(value, list):
            parts = enumerate(cast("list[object]", value))
            return [item for _, item in _fit_parts(parts, inner, path, fitting)]
        case inspect.UnionType() if value is not None:
            return _fit(value, _of_union(kind), path, fitting)
        case inspect.Metadata() | inspect.RawType():
            return value
        case _:
            return _fit_leaf(value, kind, path)


def _fit_object(
    value: dict[str, object], kind: inspect.StructType, path: str, fitting: _Fitting
) -> dict[str, object]:
    known = {field.encode_name: field for field in kind.fields}
    remaining: dict[str, object] = {}
    for key, part in value.items():
        here = pointer(path, key)
        if key not in known:
            fitting.notices.append(Notice("unread_property", here, f"{key} is not read"))
            continue
        fit = _fit_or_drop(part, known[key].type, here, fitting, optional=not known[key].required)
        if fit is not _DROPPED:
            remaining[key] = fit
    for key, wanted in known.items():
        if wanted.required and key not in remaining:
            raise Unfit(Notice("missing_property", pointer(path, key), f"{key} is missing"))
    return remaining


K = TypeVar("K", str, int)


def _fit_parts(
    parts: Iterable[tuple[K, object]], kind: inspect.Type, path: str, fitting: _Fitting
) -> Iterable[tuple[K, object]]:
    for step, part in parts:
        fit = _fit_or_drop(part, kind, pointer(path, step), fitting, optional=fitting.drops_parts)
        if fit is not _DROPPED:
            yield step, fit


def _fit_or_drop(
    value: object, kind: inspect.Type, path: str, fitting: _Fitting, *, optional: bool
) -> object:
    hole = None if isinstance(kind, inspect.UnionType) else _DROPPED
    if value is None and optional and not isinstance(kind, inspect.Metadata):
        fitting.notices.append(Notice("null_value", path, "Null is read as absent"))
        return hole
    try:
        return _fit(value, kind, path, fitting)
    except Unfit as unfit:
        if not (optional and fitting.drops_parts):
            raise
        fitting.notices.append(unfit.notice)
        return hole


def _of_union(kind: inspect.UnionType) -> inspect.Type:
    return next(inner for inner in kind.types if not isinstance(inner, inspect.NoneType))


def _fit_leaf(value: object, kind: inspect.Type, path: str) -> object:
    match kind:
        case inspect.StrType() if isinstance(value, str):
            return value
        case inspect.BoolType() if isinstance(value, bool):
            return value
        case inspect.IntType() if isinstance(value, int | float) and _is_whole(value):
            return int(value)
        case _:
            raise Unfit(Notice("wrong_type", path, f"Expected {_NAMES[type(kind)]}"))


def _is_whole(value: float) -> bool:
    """In JSON Schema `20.0` is an integer."""
    fits = -(2**63) <= value < 2**63
    return not isinstance(value, bool) and fits and value == int(value)

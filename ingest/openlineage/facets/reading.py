"""How one facet is read: from its bytes, typed, to what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

import msgspec

from ingest.facts import Deleted, Notice, Saying, Verbatim
from ingest.names import DatasetName, FieldPath, JobName
from ingest.openlineage.lenient import Unfit, fitted

T = TypeVar("T", bound=msgspec.Struct)

NestedColumns: TypeAlias = tuple[tuple[DatasetName, tuple[FieldPath, ...]], ...]
"""Of the datasets whose schema the event tells: the columns that lie inside another one."""


class DatasetPlace(NamedTuple):
    """Where a facet of a dataset stands. `full`: a schema said here names all columns."""

    dataset: DatasetName
    full: bool = False
    nested: NestedColumns = ()


class JobPlace(NamedTuple):
    """Where a facet of a job stands. `dialect`: of SQL that does not name its own."""

    job: JobName
    dialect: str | None = None
    nested: NestedColumns = ()


P_contra = TypeVar("P_contra", contravariant=True)


class Reading(NamedTuple):
    """What a facet says, and what was odd about it; the paths begin at the facet."""

    sayings: tuple[Saying, ...]
    notices: tuple[Notice, ...] = ()


class Translator(Generic[T, P_contra]):
    """Reads the facets of one key that stand at one sort of place.

    `translate` raises `Unfit` where a facet cannot be read; then it is kept verbatim.
    """

    def __init__(self, wire: type[T], translate: Callable[[T, P_contra], Reading]) -> None:
        self.wire = wire
        self.translate = translate
        self.decoder = msgspec.json.Decoder(wire)


Table: TypeAlias = Mapping[str, Translator[Any, P_contra]]
"""How the facets of one slot are read, by their key; other keys are kept verbatim."""


def read_facet(table: Table[None], key: str, content: bytes) -> Reading:
    """Read the facet of a run, or of one reading or writing of a dataset."""
    translator = table.get(key)
    if translator is None:
        return Reading((Verbatim(key),))
    return _translated(translator, key, content, None)


def read_lasting_facet(
    table: Table[P_contra], key: str, content: bytes, place: P_contra
) -> Reading:
    """Read the facet of a job or a dataset: it can be deleted, and comes again with every run."""
    translator = table.get(key)
    if translator is None:
        return Reading((Deleted(key) if _is_deleted(content) else Verbatim(key),))
    return _remembered(translator, key, content, place)


@lru_cache(maxsize=2048)  # 40 KB each at worst: 100 flows and the facet that tells them
def _remembered(
    translator: Translator[Any, P_contra], key: str, content: bytes, place: P_contra
) -> Reading:
    if _is_deleted(content):
        return Reading((Deleted(key),))
    return _translated(translator, key, content, place)


def _translated(
    translator: Translator[Any, P_contra], key: str, content: bytes, place: P_contra
) -> Reading:
    try:
        facet, oddities = _decoded(translator, content)
        sayings, notices = translator.translate(facet, place)
    except Unfit as unfit:
        return Reading((Verbatim(key),), (unfit.notice,))
    return Reading(sayings, (*oddities, *notices)) if oddities else Reading(sayings, notices)


def _decoded(translator: Translator[T, Any], content: bytes) -> tuple[T, Sequence[Notice]]:
    try:
        return translator.decoder.decode(content), ()
    except msgspec.ValidationError:
        return fitted(msgspec.json.decode(content), translator.wire, drops_parts=False)


class _Deletable(msgspec.Struct):
    deleted: bool = msgspec.field(name="_deleted", default=False)


_DELETABLE = msgspec.json.Decoder(_Deletable)


def _is_deleted(content: bytes) -> bool:
    if b'"_deleted"' not in content:
        return False
    try:
        return _DELETABLE.decode(content).deleted
    except msgspec.ValidationError:
        return False

"""How data goes from a source to a target, as `columnLineage` and `lineage` tell it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingest.facts import Notice
from ingest.flows import KIND_OF, End, Flow, Kind, Subtype
from ingest.openlineage.lenient import pointer
from ingest.openlineage.wire import facets as wire


class Way(NamedTuple):
    """One way in which a source goes into a target."""

    kind: Kind
    subtype: Subtype
    masking: bool = False


UNTOLD = Way(Kind.DIRECT, Subtype.UNTOLD)
"""What holds where nothing is told."""


def ways(
    transformations: Sequence[wire.Transformation], path: str, notices: list[Notice]
) -> tuple[Way, ...]:
    """Read the transformations of one source; `path` points at it."""
    if not transformations:
        return (UNTOLD,)
    here = pointer(path, "transformations")
    return tuple(_way(told, pointer(here, i), notices) for i, told in enumerate(transformations))


def _way(told: wire.Transformation, path: str, notices: list[Notice]) -> Way:
    subtype = _SUBTYPES.get(told.subtype)
    if subtype is None:
        message = f"Subtype {told.subtype!r} is not known"
        notices.append(Notice("unknown-subtype", pointer(path, "subtype"), message))
        subtype = Subtype.UNTOLD
    kind = _KINDS.get(told.type)
    if kind is None:
        message = f"Type {told.type!r} is neither DIRECT nor INDIRECT"
        notices.append(Notice("unknown-transformation", pointer(path, "type"), message))
        kind = KIND_OF[subtype]
    if subtype is not Subtype.UNTOLD and KIND_OF[subtype] is not kind:
        message = f"{subtype} is not {kind}"
        notices.append(Notice("contradiction", pointer(path, "subtype"), message))
        subtype = Subtype.UNTOLD
    return Way(kind, subtype, told.masking)


_SUBTYPES: dict[str, Subtype] = {subtype.value: subtype for subtype in Subtype}
_KINDS: dict[str, Kind] = {kind.value: kind for kind in Kind}


def flows(told: Iterable[tuple[End, End, Way]]) -> tuple[Flow, ...]:
    """Make flows without duplicates, in the order in which they were first told.

    What is told twice, masking and not masking, does not mask.
    """
    masking: dict[tuple[End, End, Kind, Subtype], bool] = {}
    for source, target, way in told:
        key = (source, target, way.kind, way.subtype)
        masking[key] = masking.get(key, True) and way.masking
    return tuple(Flow(*key, masks) for key, masks in masking.items())

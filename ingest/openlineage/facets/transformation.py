"""How data goes from a source to a target, as `columnLineage` and `lineage` tell it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingest.facts import Notice
from ingest.flows import KIND_OF, End, Flow, Kind, Subtype
from ingest.openlineage.wire import facets as wire


class Way(NamedTuple):
    """One way in which a source goes into a target. `slot` is equal where kind and subtype are."""

    kind: Kind
    subtype: Subtype
    masking: bool
    slot: str


_WAYS: dict[tuple[str, str, bool], Way] = {
    (kind.value, subtype.value, masking): Way(kind, subtype, masking, f"{kind} {subtype}")
    for kind in Kind
    for subtype in Subtype
    for masking in (False, True)
    if subtype is Subtype.UNTOLD or KIND_OF[subtype] is kind
}

UNTOLD = _WAYS["DIRECT", "", False]
"""What holds where nothing is told."""

MASKED = _WAYS["DIRECT", "", True]
IDENTITY = _WAYS["DIRECT", "IDENTITY", False]


class Source(NamedTuple):
    """What goes into a target, and how. `key` is equal where `end` is, and cheaper to compare."""

    key: tuple[str, ...]
    end: End
    way: Way


def flows_into(target: End, sources: Iterable[Source]) -> list[Flow]:
    """Make flows without duplicates, in an order that does not depend on how they are told.

    What is told twice, once masking and once not, does not mask.
    """
    found: dict[tuple[tuple[str, ...], str], Flow] = {}
    for key, end, way in sources:
        slot = (key, way.slot)
        if slot not in found or (found[slot].masking and not way.masking):
            found[slot] = Flow(end, target, way.kind, way.subtype, way.masking)
    return [found[slot] for slot in sorted(found)]


def ways(
    transformations: Sequence[wire.Transformation],
    path: str,
    notices: list[Notice],
    *,
    untold: Way = UNTOLD,
) -> Sequence[Way]:
    """Read the transformations of one source; `path` points at it, `untold` stands for none."""
    if not transformations:
        return (untold,)
    return [
        _WAYS.get((told.type, told.subtype, told.masking))
        or _odd_way(told, f"{path}/transformations/{i}", notices)
        for i, told in enumerate(transformations)
    ]


def _odd_way(told: wire.Transformation, path: str, notices: list[Notice]) -> Way:
    """Keep what is understood: the kind if it is one, the subtype if it does not gainsay that."""
    subtype = _SUBTYPES.get(told.subtype, Subtype.UNTOLD)
    if told.subtype not in _SUBTYPES:
        message = f"Subtype {told.subtype!r} is not known"
        notices.append(Notice("unknown_subtype", f"{path}/subtype", message))
    kind = _KINDS.get(told.type)
    if kind is None:
        message = f"Type {told.type!r} is neither DIRECT nor INDIRECT"
        notices.append(Notice("unknown_transformation", f"{path}/type", message))
        return _WAYS[KIND_OF[subtype], subtype, told.masking]
    if subtype is not Subtype.UNTOLD and KIND_OF[subtype] is not kind:
        message = f"{subtype} is never {kind}"
        notices.append(Notice("contradicting_subtype", f"{path}/subtype", message))
        return _WAYS[kind, Subtype.UNTOLD, told.masking]
    return _WAYS[kind, subtype, told.masking]


_SUBTYPES: dict[str, Subtype] = {subtype.value: subtype for subtype in Subtype}
_KINDS: dict[str, Kind] = {kind.value: kind for kind in Kind}

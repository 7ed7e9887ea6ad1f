"""Ends and edges as integers.

An end is its thing's id, shifted, plus a place: so the ends of a dataset are one range of keys,
and its `whole` is found by arithmetic.
"""

from __future__ import annotations

from ingest.flows import Kind, Subtype

PLACES = 24
"""Bits of an end that tell its place within its thing."""

WHOLE, ROWS, JOB, FIRST_COLUMN = 0, 1, 2, 3
"""Places: columns follow in the order in which they were first named."""

_PLACE = (1 << PLACES) - 1

MASKING = 1
"""The bit of `how` that says that the value can no longer be told."""


def end_at(thing: int, place: int) -> int:
    """Give the end at a place of a thing."""
    return thing << PLACES | place


def thing_of(end: int) -> int:
    """Give the id of the thing to which an end belongs."""
    return end >> PLACES


def place_of(end: int) -> int:
    """Give the place of an end within its thing."""
    return end & _PLACE


_SUBTYPES = tuple(Subtype)
_HOW = {
    (kind, subtype, masking): (kind is Kind.INDIRECT) << 7 | place << 1 | masking
    for kind in Kind
    for place, subtype in enumerate(_SUBTYPES)
    for masking in (False, True)
}
_MEANT = {how: meant for meant, how in _HOW.items()}


def how_of(kind: Kind, subtype: Subtype, masking: bool) -> int:
    """Give kind, subtype and masking as one number; those of a kind are neighbours."""
    return _HOW[kind, subtype, masking]


def meant_by(how: int) -> tuple[Kind, Subtype, bool]:
    """Give the kind, the subtype and the masking."""
    return _MEANT[how]


def range_of(kinds: frozenset[Kind]) -> tuple[int, int]:
    """Give the lowest and the highest `how` of these kinds; of none an empty range."""
    hows = [how for how, (kind, _, _) in _MEANT.items() if kind in kinds]
    return (min(hows), max(hows)) if hows else (1, 0)


def followed(source: int, target: int) -> bool:
    """Tell whether walks go over such an edge; see `catalog.lineage.closure`."""
    own_rows = place_of(target) == ROWS and thing_of(source) == thing_of(target)
    return source != target and not own_rows

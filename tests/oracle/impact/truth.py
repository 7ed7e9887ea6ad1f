"""What a change did: base and head, built on the same data and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from tests.oracle.impact.build import Blocked, Built, Failed, Fills, Held, build
from tests.oracle.impact.project import Project
from tests.oracle.impact.verdict import STRONGEST_FIRST, UNTOUCHED, Effect, Fate


@dataclass(frozen=True)
class Experiment:
    """One data set: base built on it, again in another row order, and what fills head."""

    before: Mapping[str, Built]
    again: Mapping[str, Built]
    head: Fills


@dataclass(frozen=True)
class Truth:
    """`own` is what became of the changed thing; models not in `fates` are not judged."""

    own: Fate
    fates: dict[str, Fate]


def truth(base: Project, head: Project, thing: str, experiments: Sequence[Experiment]) -> Truth:
    """The strongest fate of each model downstream over all experiments.

    A model that cannot be built on any of the data has none: nothing could become of it.
    """
    names = (thing, *base.downstream(thing))
    seen: dict[str, list[Fate]] = {name: [] for name in names}
    unsteady: set[str] = set()
    for each in experiments:
        before, after = each.before, build(head, each.head)
        for name in names:
            if compared(before[name], each.again[name]) != UNTOUCHED:
                unsteady.add(name)
            if name in after and (name == thing or isinstance(before[name], Held)):
                seen[name].append(compared(before[name], after[name]))
    fates = {name: _strongest(found) for name, found in seen.items() if found}
    own = fates.pop(thing, Fate(Effect.SCHEMA))
    return Truth(own, {name: fate for name, fate in fates.items() if name not in unsteady})


def compared(before: Built, after: Built) -> Fate:
    """What became of one relation; nothing can be said of one that failed before."""
    match before, after:
        case Held(), Held():
            return _difference(before, after)
        case Held(), Failed():
            return Fate(Effect.BREAKS, when=after.when, error=after.error)
        case Held(), Blocked():
            return Fate(Effect.BLOCKED)
        case _:
            return UNTOUCHED


def _strongest(fates: Iterable[Fate]) -> Fate:
    found = list(fates)
    effect = min((each.effect for each in found), key=STRONGEST_FIRST.index)
    same = [each for each in found if each.effect is effect]
    columns = dict.fromkeys(column for each in same for column in each.columns)
    return Fate(effect, same[0].when, same[0].error, tuple(columns))


def _difference(before: Held, after: Held) -> Fate:
    if before.columns != after.columns:
        return Fate(Effect.SCHEMA)
    if Counter(before.rows) == Counter(after.rows):
        return UNTOUCHED
    keys = list(_keys(before, after))
    for key in keys:
        old, new = _by(key, before), _by(key, after)
        if old.keys() == new.keys():
            return Fate(Effect.VALUES, columns=_changed(before, old, new))
    if len(before.rows) != len(after.rows) or (keys and len(before.rows) > 1):
        return Fate(Effect.ROWS)
    return Fate(Effect.VALUES)  # of one row it cannot be told whether it is another


def _keys(before: Held, after: Held) -> Iterator[tuple[int, ...]]:
    """Columns, and pairs of them, that are unique before and after."""
    places = range(len(before.columns))
    for key in (*combinations(places, 1), *combinations(places, 2)):
        if all(len(_by(key, each)) == len(each.rows) for each in (before, after)):
            yield key


Keyed = dict[tuple[str, ...], tuple[str, ...]]


def _by(key: tuple[int, ...], held: Held) -> Keyed:
    return {tuple(row[place] for place in key): row for row in held.rows}


def _changed(held: Held, old: Keyed, new: Keyed) -> tuple[str, ...]:
    return tuple(
        column.name
        for place, column in enumerate(held.columns)
        if any(row[place] != new[key][place] for key, row in old.items())
    )

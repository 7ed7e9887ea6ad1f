"""Names in SQL meet datasets. Pure.

The first that gives one dataset: what the run itself lists, under any of its names, whose last
parts are those written; a dataset of the same platform under the defaults that the run's datasets
show; a dataset of that name as it is written, which nobody may have told of. A bare name is never
looked for across namespaces, and of two candidates none is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from catalog.aliases.spelling import spelled_namespace
from ingest.names import DatasetName
from ingest.openlineage.naming import parts_of, platform_of
from ingest.sql.readout import Naming, Parts
from ingest.sql.rules import Rules, rules_of


@dataclass(frozen=True, slots=True)
class Place:
    """Where the names of one statement are looked for.

    `listed`: what the run lists, each dataset once, with all its names in parts. `namespace`: of
    the platform whose SQL it is; None if several are possible. `defaults`: outer parts of names
    there, None where what the run lists does not show one.
    """

    rules: Rules
    listed: Mapping[DatasetName, Collection[Parts]]
    namespace: str | None
    defaults: tuple[str | None, ...]


def place_of(
    dialect: str,
    listed: Collection[DatasetName],
    names: Mapping[DatasetName, Sequence[DatasetName]],
) -> Place:
    """Put together where names are looked for; `names`: of what is listed, the canonical first."""
    of_one: defaultdict[DatasetName, list[DatasetName]] = defaultdict(list)
    for one in sorted(listed):
        of_one[names[one][0]] += [one, *names[one]]
    spoken = {name for of in of_one.values() for name in of}
    homes: defaultdict[str, set[str]] = defaultdict(set)
    for name in spoken:
        if (platform := platform_of(name.namespace)) and platform.dialect:
            homes[spelled_namespace(name.namespace)].add(name.namespace)
    home = _home(homes.popitem()[1], listed) if len(homes) == 1 else None
    return Place(
        rules_of(dialect),
        {of[0]: tuple(dict.fromkeys(map(_parts, of))) for of in of_one.values()},
        home,
        _defaults(home, spoken),
    )


def _home(spellings: Collection[str], listed: Collection[DatasetName]) -> str:
    """Give the spelling of a namespace that the run uses, if it lists a dataset there."""
    used = {name.namespace for name in listed}.intersection(spellings)
    return min(used or spellings)


def column_key(dataset: DatasetName, place: Place) -> Callable[[str], str]:
    """Give what the columns of something written are compared by.

    Whoever copies a result to another platform folds its names as that one does, so they meet
    there in any case.
    """
    platform = platform_of(dataset.namespace)
    elsewhere = platform is not None and platform.dialect not in (None, place.rules.dialect)
    return str.lower if elsewhere else place.rules.stored


def find(parts: Parts, place: Place) -> DatasetName | None:
    """Give the dataset that a name in the SQL is; None if that cannot be told."""
    listed = [one for one, names in place.listed.items() if _ends(names, parts, place.rules)]
    if listed:
        return listed[0] if len(listed) == 1 else None
    return _by_default(parts, place)


def met(
    naming: Naming, place: Place, passing: Collection[Parts], outputs: Sequence[DatasetName]
) -> dict[Parts, DatasetName]:
    """Give the datasets that the names of a text are, as far as that can be told.

    `passing`: what children of a run write; under another name than it lists, that is its one
    output.
    """
    found: dict[Parts, DatasetName] = {}
    for parts in naming.tables:
        only = parts in passing and not is_listed(parts, place)
        name = only_one(outputs) if only else find(parts, place)
        if name is not None:
            found[parts] = name
    return found


def only_one(outputs: Sequence[DatasetName]) -> DatasetName | None:
    """Give the one output of a run, if it has no others."""
    return outputs[0] if len(outputs) == 1 else None


def is_listed(parts: Parts, place: Place) -> bool:
    """Tell whether a name is one that the run lists, or could be one of several."""
    return any(_ends(names, parts, place.rules) for names in place.listed.values())


def _ends(names: Collection[Parts], written: Parts, rules: Rules) -> bool:
    return any(
        len(name) >= len(written)
        and all(
            rules.stored(one) == other
            for one, other in zip(name[len(name) - len(written) :], written, strict=True)
        )
        for name in names
    )


def _by_default(parts: Parts, place: Place) -> DatasetName | None:
    platform = platform_of(place.namespace) if place.namespace is not None else None
    if place.namespace is None or platform is None:
        return None
    missing = len(platform.parts) - len(parts)
    outer = place.defaults[:missing] if missing > 0 else ()
    told = [part for part in outer if part is not None]
    full = (*told, *parts) if len(told) == len(outer) else parts
    return DatasetName(place.namespace, platform.separator.join(full))


def _defaults(home: str | None, names: Collection[DatasetName]) -> tuple[str | None, ...]:
    """Give the outer parts that all names of full length share."""
    platform = platform_of(home) if home is not None else None
    if platform is None:
        return ()
    whole = [
        tuple(parts.values())
        for name in names
        if name.namespace == home and len(parts := parts_of(name)) == len(platform.parts)
    ]
    shown = [set(values) for values in zip(*(one[:-1] for one in whole), strict=True)]
    if not shown:
        return (None,) * (len(platform.parts) - 1)
    return tuple(values.pop() if len(values) == 1 else None for values in shown)


def _parts(name: DatasetName) -> Parts:
    known = parts_of(name)
    if known:
        return tuple(known.values())
    return tuple(name.name.split(".")) if platform_of(name.namespace) is None else (name.name,)

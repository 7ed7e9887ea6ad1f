"""The fold of a run as stored: names by id, large sayings by the id of their content.

The body is a JSON array: stamps, first and last by event type, starts, and rows
[about, role, key, stamp, producer, saying]. Stamps are told by their place in the list; `about` is
the id of a thing, 0 for the run itself, or another run's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from catalog.model.thing import Thing
from catalog.stores.codec import (
    Json,
    dump,
    load,
    saying_from_json,
    stamp_from_json,
    stamp_to_json,
    thing_from_json,
    thing_to_json,
)
from ingest.facts import EventType, Role, Saying, Stamp
from ingest.folds import RunFold, Said, Slot
from ingest.names import DatasetName, JobName, RunKey

OWN_RUN = 0


def encode_fold(
    fold: RunFold, thing_id: Callable[[Thing], int], store: Callable[[Saying], object]
) -> bytes:
    """Encode a fold; `store` gives the stored form of a saying."""
    stamps: dict[Stamp, int] = {}

    def place(stamp: Stamp) -> int:
        return stamps.setdefault(stamp, len(stamps))

    def about(name: DatasetName | JobName | RunKey) -> object:
        if isinstance(name, RunKey):
            return OWN_RUN if name == fold.run else thing_to_json(name)
        return thing_id(name)

    first = {kind: place(stamp) for kind, stamp in fold.first.items()}
    last = {kind: place(stamp) for kind, stamp in fold.last.items()}
    starts = [place(stamp) for stamp in fold.starts]
    rows = [
        (about(slot.about), slot.role, slot.key, place(one.stamp), one.producer, store(one.saying))
        for slot, one in fold.said.items()
    ]
    return dump([[stamp_to_json(stamp) for stamp in stamps], first, last, starts, rows])


def decode_folds(
    bodies: Iterable[tuple[RunKey, bytes]],
    things: Callable[[Iterable[int]], Mapping[int, Thing]],
    contents: Callable[[Iterable[int]], Mapping[int, Saying]],
) -> Iterator[RunFold]:
    """Decode folds; names and contents are looked up for all of them at once."""
    loaded = [(run, load(body)) for run, body in bodies]
    rows = [row for _, (*_, said) in loaded for row in said]
    names = things({row[0] for row in rows if isinstance(row[0], int) and row[0] != OWN_RUN})
    large = contents({row[5] for row in rows if isinstance(row[5], int)})
    for run, value in loaded:
        yield _decode(run, value, names, large)


def _decode(
    run: RunKey, value: Json, names: Mapping[int, Thing], large: Mapping[int, Saying]
) -> RunFold:
    texts, first, last, starts, rows = value
    stamps: list[Stamp] = [stamp_from_json(text) for text in texts]

    def at(place: int) -> Stamp:
        return stamps[place]

    def about(name: Json) -> DatasetName | JobName | RunKey:
        if name == OWN_RUN:
            return run
        return names[name] if isinstance(name, int) else thing_from_json(name)

    def saying(stored: Json) -> Saying:
        return large[stored] if isinstance(stored, int) else saying_from_json(stored)

    return RunFold(
        run,
        first={EventType(kind): at(place) for kind, place in first.items()},
        last={EventType(kind): at(place) for kind, place in last.items()},
        starts=tuple(at(place) for place in starts),
        said={
            Slot(about(name), Role(role), key): Said(at(place), producer, saying(stored))
            for name, role, key, place, producer, stored in rows
        },
    )

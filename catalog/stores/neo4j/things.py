"""Nodes that stand for what has a name: datasets, jobs, the ends of edges, and the names.

An end lives as long as a statement names it (`uses` counts them), a dataset or job as long as
anything but its own ends and name leads to it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from catalog.model.search import searched_name
from catalog.model.thing import Thing
from catalog.stores.neo4j.connection import Transaction, rows
from catalog.stores.neo4j.keys import end_key, name_key, thing_key
from catalog.stores.neo4j.queries import queries
from catalog.stores.neo4j.rows import Properties, end_row, name_row, thing_row
from ingest.flows import End, end_order
from ingest.names import ColumnName, DatasetName, JobName

_Q = queries("things")


async def keep_things(transaction: Transaction, things: Iterable[Thing]) -> None:
    """Make the nodes of datasets and jobs that have none yet."""
    keyed = {thing_key(thing): thing for thing in things}
    known = await _known(transaction, keyed)
    new = [keyed[key] for key in sorted(set(keyed) - known)]
    if new:
        await rows(transaction, _Q["create_things"], rows=[thing_row(thing) for thing in new])
        await rows(transaction, _Q["name_things"], rows=_named((t, thing_key(t)) for t in new))


async def use_ends(transaction: Transaction, uses: Mapping[End, int]) -> None:
    """Count that so many more statements name these ends; make the nodes that are missing.

    Their datasets and jobs are there.
    """
    keyed = {end_key(end): end for end in uses}
    counted = [{"key": key, "uses": uses[keyed[key]]} for key in sorted(keyed)]
    [[known]] = await rows(transaction, _Q["use_ends"], rows=counted)
    new = {key: keyed[key] for key in sorted(set(keyed) - set(known))}
    jobs = {key: end for key, end in new.items() if isinstance(end, JobName)}
    if jobs:
        made = [
            {"key": key, "end": list(end_order(job)), "uses": uses[job]}
            for key, job in jobs.items()
        ]
        await rows(transaction, _Q["make_jobs_ends"], rows=made)
    if len(new) > len(jobs):
        await _create_ends(transaction, new, uses)


async def release_ends(transaction: Transaction, uses: Mapping[End, int]) -> None:
    """Count that so many statements less name these ends; forget those that none names."""
    keyed = {end_key(end): end for end in uses}
    counted = [{"key": key, "uses": uses[keyed[key]]} for key in sorted(keyed)]
    [[free]] = await rows(transaction, _Q["release_ends"], rows=counted)
    await rows(transaction, _Q["forget_ends"], keys=free)
    await rows(transaction, _Q["make_ends_jobs"], keys=free)
    columns = [end for key in free if isinstance(end := keyed[key], ColumnName)]
    await _forget_names(transaction, columns)


async def forget_things(transaction: Transaction, things: Collection[Thing]) -> None:
    """Forget those of these things to which nothing leads any more."""
    keys = sorted(thing_key(thing) for thing in things)
    await rows(transaction, _Q["forget_things"], keys=keys)
    known = await _known(transaction, keys)
    await _forget_names(transaction, [t for t in things if thing_key(t) not in known])


async def _known(transaction: Transaction, keys: Iterable[str]) -> set[str]:
    [[known]] = await rows(transaction, _Q["known_things"], keys=sorted(keys))
    return set(known)


async def _create_ends(
    transaction: Transaction, new: Mapping[str, End], uses: Mapping[End, int]
) -> None:
    of: defaultdict[DatasetName, list[Properties]] = defaultdict(list)
    for key, end in new.items():
        if not isinstance(end, JobName):
            of[end.dataset].append(end_row(end, key, uses[end]))
    datasets = [{"key": thing_key(dataset), "ends": ends} for dataset, ends in of.items()]
    await rows(transaction, _Q["create_ends"], datasets=datasets)
    columns = ((end, key) for key, end in new.items() if isinstance(end, ColumnName))
    await rows(transaction, _Q["name_columns"], rows=_named(columns))


def _named(things: Iterable[tuple[Thing | ColumnName, str]]) -> list[Properties]:
    """Group things and their keys by name."""
    names: dict[str, Properties] = {}
    for thing, key in things:
        fresh = name_row(thing, searched_name(thing).lower())
        name = names.setdefault(fresh["key"], {**fresh, "called": []})
        name["called"].append(key)
    return [names[key] for key in sorted(names)]


async def _forget_names(transaction: Transaction, things: Iterable[Thing | ColumnName]) -> None:
    keys = sorted({name_key(thing) for thing in things})
    if keys:
        await rows(transaction, _Q["forget_names"], keys=keys)


def count_ends(named: Iterable[Iterable[End]]) -> Counter[End]:
    """Count how many statements name each end."""
    return Counter(end for ends in named for end in ends)

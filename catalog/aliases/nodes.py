"""What dbt makes of the nodes of its projects, as its events tell."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from catalog.ports import NamesReader
from ingest.facts import Role
from ingest.names import DatasetName, RunKey


async def made_of(
    graph: NamesReader, nodes: Collection[str]
) -> Mapping[str, Sequence[DatasetName]]:
    """Give what the latest completed runs of these nodes wrote, by unique id; of none nothing.

    A node that is built in several places, or moved, is several datasets.
    """
    jobs = await graph.dbt_nodes(nodes)
    completed = await graph.completions({job for of in jobs.values() for job in of}, 1)
    runs = {job: RunKey(latest[0].run_id, job) for job, latest in completed.items() if latest}
    folds = await graph.folds(list(runs.values()))
    written = {
        run: {slot.about for slot in fold.said if slot.role is Role.OUTPUT}
        for run, fold in folds.items()
    }
    told = {one for of in written.values() for one in of if isinstance(one, DatasetName)}
    names = {one: of[0] for one, of in (await graph.aliases(told)).items()}
    found = {
        node: {
            names[one]
            for job in of
            if job in runs
            for one in written.get(runs[job], ())
            if isinstance(one, DatasetName)
        }
        for node, of in jobs.items()
    }
    return {node: sorted(datasets) for node, datasets in found.items() if datasets}

"""Which jobs write, so that they are no readers, whatever else of what they read ends in them."""

from __future__ import annotations

from collections.abc import Collection

from catalog.lineage.currency import RECENT_RUNS, in_force
from catalog.ports import NamesReader
from ingest.facts import Role
from ingest.names import DatasetName, JobName, RunKey


async def writing(graph: NamesReader, jobs: Collection[JobName]) -> frozenset[JobName]:
    """Give the jobs with an output, told or in their SQL, in a code version that is in force."""
    completed = await graph.completions(jobs, RECENT_RUNS)
    runs = [
        RunKey(one.run_id, job)
        for job, of in completed.items()
        for one in of
        if one.version in in_force(of)
    ]
    told = {
        run.job
        for run, fold in (await graph.folds(runs)).items()
        if any(
            slot.role is Role.OUTPUT and isinstance(slot.about, DatasetName) for slot in fold.said
        )
    }
    read = {run.job for run, one in (await graph.readings(runs)).items() if one.writes}
    return frozenset(told | read)

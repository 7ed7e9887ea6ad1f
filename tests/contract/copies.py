"""A job that copies the columns of one dataset into another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from catalog.model.claim import Claim, Contribution
from catalog.ports import Changes
from ingest.facts import EventType, Stamp
from ingest.flows import Flow, Kind, Subtype, Tier, sorted_flows
from ingest.folds import NO_VERSION, RunFold
from ingest.names import ColumnName, DatasetName, FieldPath, JobName, RunKey
from tests.contract.graphs import NOW


def copy_of(number: int, source: DatasetName, paths: Sequence[FieldPath]) -> Changes:
    """Give what a completed run of the job with this number does."""
    job, target = JobName("jobs", str(number)), DatasetName("copies", str(number))
    run, stamp = RunKey("r", job), Stamp(NOW + timedelta(hours=number), 2, str(number))
    flows = sorted_flows(
        Flow(ColumnName(source, path), ColumnName(target, path), Kind.DIRECT, Subtype.IDENTITY)
        for path in paths
    )
    claim = Claim(job, target, Tier.EXPLICIT, "p", NO_VERSION, None, precise=True, flows=flows)
    times = {EventType.COMPLETE: stamp}
    folds = {run: RunFold(run, times, times)}
    return Changes(number, folds, contributions=[Contribution(run, stamp, (claim,))])

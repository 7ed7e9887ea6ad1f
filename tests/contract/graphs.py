"""Generated graphs with what makes walks hard: cycles, hubs, parallel edges, wholes, own rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import strategies as st

from catalog.lineage.closure import Reach
from catalog.lineage.thing_closure import ThingReach
from catalog.model.claim import Claim, Contribution, SchemaStatement
from catalog.model.edge import Direction
from catalog.ports import Changes
from ingest.facts import EventType, Field, Schema, Stamp
from ingest.flows import (
    KIND_OF,
    End,
    Flow,
    Kind,
    Rows,
    Subtype,
    Tier,
    Whole,
    owner_of,
    sorted_flows,
)
from ingest.folds import NO_VERSION, RunFold
from ingest.names import ColumnName, DatasetName, JobName, RunKey

DATASETS = tuple(DatasetName("db", f"t{number}") for number in range(6))
JOBS = tuple(JobName("jobs", f"j{number}") for number in range(3))
COLUMNS = tuple(ColumnName(dataset, (f"c{n}",)) for dataset in DATASETS for n in range(3))
ENDS: tuple[End, ...] = (*COLUMNS, *map(Rows, DATASETS), *map(Whole, DATASETS), *JOBS)
NOW = datetime(2026, 5, 1, tzinfo=UTC)

ends = st.sampled_from(ENDS)
directions = st.sampled_from(Direction)
kinds = st.frozensets(st.sampled_from(Kind))
bounds = st.one_of(st.none(), st.integers(0, 6))
flows = st.tuples(ends, ends, st.sampled_from(Subtype), st.booleans()).map(
    lambda parts: Flow(parts[0], parts[1], KIND_OF[parts[2]], parts[2], parts[3])
)


def _hub(hub: End, others: list[End]) -> list[Flow]:
    return [Flow(hub, end, Kind.DIRECT, Subtype.IDENTITY) for end in others]


hubs = st.builds(_hub, ends, st.lists(ends, max_size=15))
reaches = st.builds(
    Reach, st.lists(ends, min_size=1, max_size=3).map(tuple), directions, kinds, bounds, bounds
)
thing_reaches = st.builds(
    ThingReach,
    st.lists(st.sampled_from((*DATASETS, *JOBS)), min_size=1, max_size=2).map(tuple),
    directions,
    bounds,
    bounds,
)


@st.composite
def graphs(draw: st.DrawFn) -> Changes:
    """What makes a graph: completed runs of some jobs, each with claims, and some schemas."""
    runs: dict[RunKey, RunFold] = {}
    contributions: list[Contribution] = []
    for place, job in enumerate(JOBS):
        joined = [*draw(st.lists(flows, max_size=20)), *draw(hubs)]
        run, stamp = RunKey("r", job), Stamp(NOW, 2, f"record {place}")
        times = {EventType.COMPLETE: stamp}
        runs[run] = RunFold(run, first=times, last=times)
        schemas = draw(st.lists(st.sampled_from(DATASETS), max_size=2, unique=True))
        contributions.append(
            Contribution(
                run,
                stamp,
                claims=tuple(_claims(job, joined)),
                schemas=tuple(SchemaStatement(one, stamp, "p", _SCHEMA) for one in schemas),
            )
        )
    return Changes(1, runs, contributions=contributions)


_SCHEMA = Schema((Field(("c1",)), Field(("stated", "only"))), full=True)


def _claims(job: JobName, joined: Sequence[Flow]) -> list[Claim]:
    targets = {owner_of(flow.target) for flow in joined}
    return [
        Claim(
            job,
            target,
            Tier.EXPLICIT,
            "p",
            NO_VERSION,
            None,
            precise=True,
            flows=sorted_flows(flow for flow in joined if owner_of(flow.target) == target),
        )
        for target in sorted(targets, key=repr)
    ]

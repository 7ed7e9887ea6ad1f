"""The lineage of one run, or of one declaration, from what was said of it.

Follows the consumer's algorithm of the OpenLineage proposal on explicit lineage (#4804): with the
facet `lineage` its entries are the lineage and nothing is multiplied; without it each output has
its facet `columnLineage`, and what that leaves open is inferred from inputs and outputs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.facts import (
    ColumnLineage,
    DeclaredLineage,
    ExplicitLineage,
    JobType,
    Role,
    Stamp,
    Touched,
)
from ingest.flows import Flow, Kind, Rows, Subtype, Tier, Whole, owner_of, sorted_flows
from ingest.folds import Said, Slot, sayings
from ingest.names import DatasetName, JobName


@dataclass(frozen=True, slots=True)
class Lineage:
    """Flows into one target as one source of evidence tells them.

    `precise`: transformations are told (of a facet); every name was bound (of parsed SQL); it
    stands beside a facet, and adds what that cannot say (of what is inferred).
    """

    target: DatasetName | JobName
    tier: Tier
    producer: str
    flows: tuple[Flow, ...]
    precise: bool


@dataclass(frozen=True, slots=True)
class Traffic:
    """What a job read and wrote; inputs that only its lineage names are among them.

    `only_named`: these.
    """

    inputs: tuple[DatasetName, ...]
    outputs: tuple[DatasetName, ...]
    only_named: frozenset[DatasetName] = frozenset()


def lineage_of(job: JobName, said: Mapping[Slot, Said], producer: str) -> tuple[Lineage, ...]:
    """Conclude the lineage of a job from what was said of one run or in one declaration.

    `producer` answers for what is inferred.
    """
    traffic = traffic_of(said)
    explicit = [(one, what) for _, one, what in sayings(said, ExplicitLineage)]
    if explicit:
        return (*_explicit(explicit), *_dangling(job, traffic, explicit, producer))
    facets = {
        slot.about: (one, what)
        for slot, one, what in sayings(said, ColumnLineage)
        if slot.about in traffic.outputs and what.flows
    }
    told = [
        Lineage(output, Tier.FACET, one.producer, what.flows, what.transformations)
        for output in traffic.outputs
        if (facet := facets.get(output))
        for one, what in (facet,)
    ]
    inferred = [
        Lineage(output, Tier.INFERRED, producer, flows, precise=output in facets)
        for output in traffic.outputs
        if (flows := _inferred(job, traffic.inputs, output, facets.get(output)))
    ]
    return (*told, *declared_lineage(said), *inferred, *_sink(job, traffic, producer))


def lineage_of_dataset(
    dataset: DatasetName, said: Mapping[Slot, Said], producer: str
) -> tuple[Lineage, ...]:
    """Conclude the lineage that a dataset's own definition tells: a view, an alias, curation."""
    explicit = [(one, what) for _, one, what in sayings(said, ExplicitLineage)]
    if explicit:
        return tuple(_explicit(explicit))
    facets = [(one, what) for _, one, what in sayings(said, ColumnLineage) if what.flows]
    found: list[Lineage] = []
    for one, what in facets:
        found.append(Lineage(dataset, Tier.FACET, one.producer, what.flows, what.transformations))
        beside = _beside_facet(what.sources, dataset, what)
        found.append(Lineage(dataset, Tier.INFERRED, producer, beside, precise=True))
    return (*found, *declared_lineage(said))


def traffic_of(said: Mapping[Slot, Said]) -> Traffic:
    """Tell which datasets were read and written, whether listed or only named in lineage."""
    touched = [(slot, one.stamp) for slot, one, _ in sayings(said, Touched)]
    if any(job_type.snapshots for _, _, job_type in sayings(said, JobType)):
        touched = _last_snapshot(touched)
    listed = {slot.about for slot, _ in touched if slot.role is Role.INPUT}
    named = {name for _, _, what in sayings(said, ColumnLineage) for name in what.sources}
    outputs: list[DatasetName] = []
    if not _is_test(said):
        outputs = [
            slot.about
            for slot, _ in touched
            if slot.role is Role.OUTPUT and isinstance(slot.about, DatasetName)
        ]
    inputs = {name for name in listed | named if isinstance(name, DatasetName)}
    return Traffic(tuple(sorted(inputs)), tuple(sorted(set(outputs))), frozenset(named - listed))


def _is_test(said: Mapping[Slot, Said]) -> bool:
    """Tests list outputs that nobody ever writes (dbt: `…_dbt_test__audit.…`)."""
    return any((job_type.type or "").upper() == "TEST" for _, _, job_type in sayings(said, JobType))


def _last_snapshot(touched: Sequence[tuple[Slot, Stamp]]) -> list[tuple[Slot, Stamp]]:
    latest = max((stamp for _, stamp in touched), default=None)
    return [(slot, stamp) for slot, stamp in touched if stamp == latest]


def _explicit(explicit: Iterable[tuple[Said, ExplicitLineage]]) -> list[Lineage]:
    return [
        Lineage(what.target, Tier.EXPLICIT, one.producer, what.flows, precise=True)
        for one, what in explicit
    ]


def declared_lineage(said: Mapping[Slot, Said]) -> list[Lineage]:
    """Give what somebody wrote down, of any thing."""
    return [
        Lineage(what.target, Tier.DECLARED, one.producer, what.flows, precise=True)
        for _, one, what in sayings(said, DeclaredLineage)
    ]


def _dangling(
    job: JobName,
    traffic: Traffic,
    explicit: Sequence[tuple[Said, ExplicitLineage]],
    producer: str,
) -> Iterable[Lineage]:
    """Inputs that no entry uses end in the job; outputs without an entry begin in it."""
    sources = {owner_of(flow.source) for _, what in explicit for flow in what.flows}
    targets = {what.target for _, what in explicit}
    reads = [name for name in traffic.inputs if name not in sources]
    into_job = sorted_flows(_untold(Whole(name), job) for name in reads)
    if into_job:
        yield Lineage(job, Tier.EXPLICIT, producer, into_job, precise=True)
    for output in traffic.outputs:
        if output not in targets:
            flows = (_untold(job, Whole(output)),)
            yield Lineage(output, Tier.EXPLICIT, producer, flows, precise=True)


def _inferred(
    job: JobName,
    inputs: Sequence[DatasetName],
    output: DatasetName,
    facet: tuple[Said, ColumnLineage] | None,
) -> tuple[Flow, ...]:
    """Inputs × output where nothing else is known, else what the facet cannot say."""
    if facet:
        return _beside_facet(inputs, output, facet[1])
    sources: Sequence[Whole | JobName] = [Whole(name) for name in inputs] or [job]
    return sorted_flows(_untold(source, Whole(output)) for source in sources)


def _beside_facet(
    inputs: Iterable[DatasetName], output: DatasetName, facet: ColumnLineage
) -> tuple[Flow, ...]:
    """Give what a facet cannot say: the rows, and tables that are read only in a filter."""
    rows = [Flow(Rows(name), Rows(output), Kind.DIRECT, Subtype.IDENTITY) for name in inputs]
    unnamed = [_untold(Whole(name), Whole(output)) for name in inputs if name not in facet.sources]
    return sorted_flows((*rows, *unnamed))


def _sink(job: JobName, traffic: Traffic, producer: str) -> Iterable[Lineage]:
    """A read with no tracked output ends in the job."""
    if traffic.inputs and not traffic.outputs:
        flows = sorted_flows(_untold(Whole(name), job) for name in traffic.inputs)
        yield Lineage(job, Tier.INFERRED, producer, flows, precise=False)


def _untold(source: Whole | JobName, target: Whole | JobName) -> Flow:
    return Flow(source, target, Kind.DIRECT, Subtype.UNTOLD)

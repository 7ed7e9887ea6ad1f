"""Gathering what is downstream of some datasets, and all that is known of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from catalog.lineage.currency import RECENT_RUNS, holding
from catalog.lineage.thing_closure import Link, ThingReach
from catalog.model.claim import Claim, Completion, Via
from catalog.model.description import Description, describe
from catalog.model.edge import Direction
from catalog.model.schema import SchemaInForce, schema_in_force
from catalog.model.thing import Thing
from catalog.parsing.reader import SqlReader
from catalog.parsing.resolver import Matched, Resolver
from catalog.ports import NamesReader
from ingest.flows import owner_of
from ingest.folds import RunFold
from ingest.names import ColumnName, DatasetName, JobName, RunKey

MOST_THINGS = 5_000
"""How many datasets and jobs downstream are looked at."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What is downstream. `reached`: the datasets and jobs; `into`: the links that enter them.

    `makers`: what moves data into or through these, jobs and views themselves. `folds`: the latest
    completed run of each job, `matched`: its SQL with the datasets that it names. `held`: what
    holds of what is claimed of each maker. `datasets`: all that are named anywhere; `columns`: the
    names of their columns as far as anybody has named them. `truncated`: there is more.
    """

    reached: frozenset[Thing]
    into: tuple[Link, ...]
    makers: frozenset[Via]
    folds: Mapping[JobName, RunFold]
    matched: Mapping[RunKey, Matched]
    held: Mapping[Via, Collection[Claim]]
    datasets: frozenset[DatasetName]
    schemas: Mapping[DatasetName, SchemaInForce]
    columns: Mapping[DatasetName, Sequence[str]]
    said: Mapping[Thing, Description]
    truncated: bool

    @property
    def handing(self) -> frozenset[JobName]:
        """Give the jobs that hand data to others, with no dataset between them."""
        sources = {
            owner_of(flow.source)
            for claims in self.held.values()
            for claim in claims
            for flow in claim.flows
        }
        return frozenset(one for one in sources if isinstance(one, JobName))


async def gather(
    graph: NamesReader, reader: SqlReader, roots: Collection[DatasetName]
) -> Neighbourhood:
    """Gather all that reads some datasets, over any number of steps."""
    reach = ThingReach(tuple(sorted(roots)), Direction.DOWNSTREAM, limit=MOST_THINGS)
    closure = await graph.thing_closure(reach)
    reached: frozenset[Thing] = frozenset({*roots, *(one.thing for one in closure.reached)})
    into = await graph.links(reached, Direction.UPSTREAM)
    jobs = {thing for thing in reached if isinstance(thing, JobName)}
    makers: frozenset[Via] = frozenset({*jobs, *(link.via for link in into)})
    completions = await graph.completions(
        [maker for maker in makers if isinstance(maker, JobName)], RECENT_RUNS
    )
    latest = [RunKey(of[0].run_id, job) for job, of in completions.items()]
    folds = {run.job: fold for run, fold in (await graph.folds(latest)).items()}
    matched = await Resolver(graph, reader).matched(list(folds.values()))
    held = await _held(graph, makers, completions)
    named = Neighbourhood(
        reached=reached,
        into=tuple(into),
        makers=makers,
        folds=folds,
        matched=matched,
        held=held,
        datasets=frozenset(),
        schemas={},
        columns={},
        said={thing: describe(said) for thing, said in (await graph.sayings(makers)).items()},
        truncated=closure.truncated,
    )
    return await with_datasets(graph, named, _datasets(reached, matched.values(), held.values()))


async def with_datasets(
    graph: NamesReader, found: Neighbourhood, named: Iterable[DatasetName]
) -> Neighbourhood:
    """Give the same with what is known of more datasets."""
    more = frozenset(named) - found.datasets
    if not more:
        return found
    schemas, ends = await graph.schemas(more), await graph.ends(more)
    things: Collection[Thing] = more
    return replace(
        found,
        datasets=found.datasets | more,
        schemas={
            **found.schemas,
            **{name: schema_in_force(statements) for name, statements in schemas.items()},
        },
        columns={
            **found.columns,
            **{
                name: [it.path[0] for it in of if isinstance(it, ColumnName) and not it.path[1:]]
                for name, of in ends.items()
            },
        },
        said={
            **found.said,
            **{thing: describe(said) for thing, said in (await graph.sayings(things)).items()},
        },
    )


async def _held(
    graph: NamesReader, makers: Collection[Via], completions: Mapping[JobName, Sequence[Completion]]
) -> Mapping[Via, Collection[Claim]]:
    none: Sequence[Completion] = ()
    return {
        maker: holding(claims, completions.get(maker, none) if isinstance(maker, JobName) else none)
        for maker, claims in (await graph.claims(makers)).items()
    }


def _datasets(
    reached: Iterable[Thing], matched: Iterable[Matched], held: Iterable[Collection[Claim]]
) -> Iterable[DatasetName]:
    yield from (thing for thing in reached if isinstance(thing, DatasetName))
    for one in matched:
        yield from one.tables.values()
    for claims in held:
        for claim in claims:
            owners = {owner_of(end) for flow in claim.flows for end in (flow.source, flow.target)}
            yield from (owner for owner in owners if isinstance(owner, DatasetName))

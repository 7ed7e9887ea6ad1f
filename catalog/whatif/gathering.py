"""Gathering what is downstream of some datasets, as a project that can be bound and judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from catalog.impact.recorded import text_of
from catalog.lineage.currency import RECENT_RUNS, holding
from catalog.lineage.thing_closure import Link, ThingReach
from catalog.model.claim import Claim, Completion, Via
from catalog.model.description import Description, describe
from catalog.model.edge import Direction
from catalog.model.project import Definition, Making, Named, Place, Project, RecordedFlow, Table
from catalog.model.report import Criticality, ThingKind
from catalog.model.schema import SchemaInForce, schema_in_force
from catalog.model.thing import Thing, thing_order
from catalog.parsing.reader import SqlReader
from catalog.parsing.resolver import Matched, Resolver
from catalog.ports import GraphReader
from catalog.whatif.composed import same_content, table_of
from ingest.facts import JobType
from ingest.flows import Flow, Rows, Whole, owner_of
from ingest.folds import RunFold
from ingest.names import ColumnName, DatasetName, JobName, RunKey

MOST_THINGS = 5_000
"""How many datasets and jobs downstream are looked at."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is downstream, as a project. `relations`: what each dataset is called in it.

    `truncated`: there is more.
    """

    project: Project
    relations: Mapping[DatasetName, str]
    truncated: bool


async def gather(
    graph: GraphReader, reader: SqlReader, changed: Mapping[DatasetName, bool]
) -> Gathered:
    """Gather all that reads the changed datasets, over any number of steps.

    `changed`: True of those that stay what their queries make of them (their logic changes).
    """
    roots = tuple(sorted(changed))
    closure = await graph.thing_closure(ThingReach(roots, Direction.DOWNSTREAM, limit=MOST_THINGS))
    reached: set[Thing] = {*roots, *(one.thing for one in closure.reached)}
    into = await graph.links(reached, Direction.UPSTREAM)
    found = _Found(graph, changed, reached, into)
    await found.look_up(Resolver(graph, reader))
    return Gathered(found.project(), found.relations, closure.truncated)


@dataclass(slots=True, eq=False)
class _Found:
    graph: GraphReader
    changed: Mapping[DatasetName, bool]
    reached: set[Thing]
    into: Sequence[Link]
    folds: dict[JobName, RunFold] = field(default_factory=dict[JobName, RunFold])
    matched: Mapping[RunKey, Matched] = field(default_factory=dict[RunKey, Matched])
    held: dict[Via, Collection[Claim]] = field(default_factory=dict[Via, "Collection[Claim]"])
    schemas: dict[DatasetName, SchemaInForce] = field(
        default_factory=dict[DatasetName, SchemaInForce]
    )
    columns: dict[DatasetName, tuple[str, ...]] = field(
        default_factory=dict[DatasetName, "tuple[str, ...]"]
    )
    said: dict[Thing, Description] = field(default_factory=dict[Thing, Description])
    relations: dict[DatasetName, str] = field(default_factory=dict[DatasetName, str])

    @property
    def makers(self) -> set[Via]:
        """What moves data into or through what is reached: jobs, and views themselves."""
        jobs = {thing for thing in self.reached if isinstance(thing, JobName)}
        return {*jobs, *(link.via for link in self.into)}

    async def look_up(self, resolver: Resolver) -> None:
        """Look up code, evidence, schemas and what people say."""
        for maker in self.makers:
            await self._look_up_maker(maker)
        self.matched = await resolver.matched(list(self.folds.values()))
        datasets = {thing for thing in self.reached if isinstance(thing, DatasetName)}
        datasets |= {name for one in self.matched.values() for name in one.tables.values()}
        datasets |= {
            owner
            for held in self.held.values()
            for claim in held
            for flow in claim.flows
            for owner in (owner_of(flow.source), owner_of(flow.target))
            if isinstance(owner, DatasetName)
        }
        for name, statements in (await self.graph.schemas(datasets)).items():
            self.schemas[name] = schema_in_force(statements)
        for name, ends in (await self.graph.ends(datasets)).items():
            self.columns[name] = tuple(
                end.path[0] for end in ends if isinstance(end, ColumnName) and len(end.path) == 1
            )
        named: set[Thing] = {*datasets, *self.makers}
        for thing, said in (await self.graph.sayings(named)).items():
            self.said[thing] = describe(said)
        self.relations = _relations(datasets)

    async def _look_up_maker(self, maker: Via) -> None:
        completions = ()
        if isinstance(maker, JobName):
            completions = await self.graph.completions(maker, RECENT_RUNS)
            if runs := await completed_last(self.graph, maker, completions[:1]):
                self.folds[maker] = runs[0]
        claims = (await self.graph.claims([maker])).get(maker, ())
        self.held[maker] = holding(claims, completions)

    def project(self) -> Project:
        """Put all of it into a project."""
        definitions: list[Definition] = []
        for maker in sorted(self.makers, key=thing_order):
            definitions += self._definitions(maker)
        kept = [one for one in definitions if not self._is_cut(one.target)]
        makes = {one.target for one in kept if one.target and not one.recorded}
        tables = {
            relation: table
            for name, relation in self.relations.items()
            if (table := self._table(name, relation, makes)) is not None
        }
        named = {relation: name for name, relation in self.relations.items()}
        jobs = {self._called(maker): maker for maker in self.makers}
        return Project(
            "",
            tables,
            tuple(kept),
            names={relation: name.name for relation, name in named.items()},
            owners={
                called: self._owners(thing) for called, thing in (*named.items(), *jobs.items())
            },
            catalogued={
                called: self._named(thing) for called, thing in (*named.items(), *jobs.items())
            },
        )

    def _is_cut(self, target: str | None) -> bool:
        """A changed dataset is what the change makes it, not what its jobs do."""
        return any(
            target == self.relations[name] and not stays for name, stays in self.changed.items()
        )

    def _table(self, name: DatasetName, relation: str, makes: Collection[str]) -> Table | None:
        """Give a dataset that is no query's result, as far as its columns are known."""
        if relation in makes:
            return None
        schema = self.schemas.get(name)
        told = [
            (one.path[0], one.type or "")
            for one in (schema.fields if schema else ())
            if len(one.path) == 1
        ]
        known = {one.lower() for one, _ in told}
        full = schema is not None and schema.full
        if not full:
            told += [(one, "") for one in self.columns.get(name, ()) if one.lower() not in known]
        if not told and name not in self.changed:
            return None
        table = table_of(relation, tuple(told), full=full)
        return same_content(table) if name in self.changed else table

    def _definitions(self, maker: Via) -> Iterator[Definition]:
        by_sql: set[DatasetName] = set()
        fold = self.folds.get(maker) if isinstance(maker, JobName) else None
        matched = self.matched.get(fold.run) if fold else None
        if matched is not None and (definition := self._of_sql(maker, matched)) is not None:
            yield definition
            by_sql |= set(self._targets(matched))
            if definition.target is None:
                return
        into: defaultdict[Thing, list[Flow]] = defaultdict(list)
        for claim in self.held.get(maker, ()):
            into[claim.target] += claim.flows
        for target, flows in into.items():
            if target not in by_sql and target in {*self.reached, maker}:
                yield self._of_record(maker, target, flows)

    def _targets(self, matched: Matched) -> list[DatasetName]:
        written = [
            matched.tables[parts] for parts in matched.naming.written if parts in matched.tables
        ]
        return written or list(matched.statement.listed.outputs)

    def _of_sql(self, maker: Via, matched: Matched) -> Definition | None:
        """Give the statement, if it is one whose one result has one place."""
        targets = self._targets(matched)
        problem = matched.naming.problem
        if len(targets) > 1 or (problem is not None and not matched.naming.tables):
            return None
        statement = matched.statement
        return Definition(
            self._called(maker),
            Making.TABLE if targets else Making.QUERY,
            statement.text.sql,
            Place(maker.name),
            self.relations[targets[0]] if targets else None,
            dialect=statement.text.dialect,
            calls=tuple(
                sorted((parts, self.relations[name]) for parts, name in matched.tables.items())
            ),
        )

    def _of_record(self, maker: Via, target: Thing, flows: Iterable[Flow]) -> Definition:
        recorded = tuple(
            sorted(
                {made for flow in flows if (made := self._recorded(flow)) is not None},
                key=lambda one: (one.relation, one.path, one.subtype, one.into or ""),
            )
        )
        return Definition(
            self._called(maker),
            Making.INSERT if isinstance(target, DatasetName) else Making.QUERY,
            text_of(recorded),
            Place(maker.name),
            self.relations[target] if isinstance(target, DatasetName) else None,
            recorded=recorded,
        )

    def _recorded(self, flow: Flow) -> RecordedFlow | None:
        owner = owner_of(flow.source)
        if not isinstance(owner, DatasetName) or owner not in self.relations:
            return None
        match flow.source:
            case ColumnName(_, path):
                source = path
            case Whole():
                source = ("*",)
            case _:
                source = ()
        match flow.target:
            case ColumnName(_, path):
                into = path[0]
            case Rows():
                into = None
            case _:
                into = "*"
        return RecordedFlow(self.relations[owner], source, flow.subtype, into)

    def _called(self, maker: Via) -> str:
        """The name of a maker, with its namespace if another has that name, too."""
        alike = [one for one in self.makers if one.name.lower() == maker.name.lower()]
        return maker.name if len(alike) == 1 else f"{maker.namespace} {maker.name}"

    def _owners(self, thing: Thing) -> tuple[str, ...]:
        """Its own owners; else those of the job that writes it."""
        own = self.said.get(thing)
        if own is not None and own.owners:
            return tuple(owner.name for owner in own.owners)
        writers = {link.via for link in self.into if link.target == thing and link.via != thing}
        found = [
            self.said[one].owners for one in sorted(writers, key=thing_order) if one in self.said
        ]
        return tuple(dict.fromkeys(owner.name for owners in found for owner in owners))

    def _is_test(self, job: JobName) -> bool:
        fold = self.folds.get(job)
        told = fold.find(JobType) if fold else None
        return told is not None and (told.type or "").upper() == "TEST"

    def _named(self, thing: Thing) -> Named:
        said = self.said.get(thing)
        kind = ThingKind.DATASET if isinstance(thing, DatasetName) else ThingKind.JOB
        if isinstance(thing, JobName) and self._is_test(thing):
            kind = ThingKind.CHECK
        if said is not None and said.consumer and said.consumer != "none":
            kind = ThingKind.CONSUMER
        level = Criticality(said.criticality.lower()) if said is not None else Criticality.NORMAL
        return Named(thing.namespace, kind, level)


async def completed_last(
    graph: GraphReader, job: JobName, completions: Sequence[Completion]
) -> Sequence[RunFold]:
    """Give the runs of a job that these completions are of, the newest first."""
    if not completions:
        return ()
    stamps = {one.stamp for one in completions}
    runs = await graph.completed_runs([job], min(stamps).time)
    folds = (await graph.folds(runs)).values()
    found = [(fold.completed, fold) for fold in folds if fold.completed in stamps]
    return [
        fold for _, fold in sorted(found, key=lambda pair: pair[0] or min(stamps), reverse=True)
    ]


def _relations(datasets: Iterable[DatasetName]) -> dict[DatasetName, str]:
    """Give each dataset a name of two quoted parts; those that differ only in case get a third."""
    found: dict[DatasetName, str] = {}
    taken: set[str] = set()
    for name in sorted(datasets):
        relation = f"{_quoted(name.namespace)}.{_quoted(name.name)}"
        while relation.lower() in taken:
            relation += '."again"'
        taken.add(relation.lower())
        found[name] = relation
    return found


def _quoted(part: str) -> str:
    return '"' + part.replace('"', '""') + '"'

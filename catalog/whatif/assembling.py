"""What is downstream as a project, which can be bound and judged as any other. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from catalog.impact.recorded import text_of
from catalog.model.claim import Via
from catalog.model.description import ConsumerSort
from catalog.model.project import (
    Check,
    Content,
    Definition,
    Making,
    Named,
    Place,
    Project,
    RecordedFlow,
    RuleKind,
    Table,
)
from catalog.model.report import Criticality, ThingKind
from catalog.model.thing import Thing, thing_order
from catalog.parsing.resolver import Matched
from catalog.whatif.gathering import Neighbourhood
from ingest.facts import Assertions, JobType
from ingest.flows import Flow, Rows, Whole, owner_of
from ingest.folds import sayings
from ingest.names import ColumnName, DatasetName, JobName
from ingest.sql.errors import line_and_column
from ingest.sql.lineage import ANY_COLUMN
from ingest.sql.splitting import excerpt

_LEVELS = list(Criticality)
_ASSERTED = {
    "not_null": RuleKind.NOT_NULL,
    "unique": RuleKind.UNIQUE,
    "expect_column_values_to_not_be_null": RuleKind.NOT_NULL,
    "expect_column_values_to_be_unique": RuleKind.UNIQUE,
}
"""What dbt and Great Expectations call the rules that are known."""


def relations_of(things: Iterable[Thing]) -> Mapping[Thing, str]:
    """Give each dataset a name of two quoted parts; those that differ only in case get a third.

    What a job hands to another is a relation, too: it is named as the job.
    """
    found: dict[Thing, str] = {}
    taken: set[str] = set()
    for name in sorted(things, key=thing_order):
        relation = f"{_quoted(name.namespace)}.{_quoted(name.name)}"
        while relation.lower() in taken:
            relation += '."again"'
        taken.add(relation.lower())
        found[name] = relation
    return found


def _quoted(part: str) -> str:
    return '"' + part.replace('"', '""') + '"'


def assembled(
    found: Neighbourhood, relations: Mapping[Thing, str], changed: Mapping[DatasetName, bool]
) -> Project:
    """Put what was gathered into a project, in which things are called as `relations` says.

    `changed`: the datasets that change; True of those that stay what their queries make of them.
    """
    return _Assembling(found, relations, changed).project()


class _Assembling:
    def __init__(
        self,
        found: Neighbourhood,
        relations: Mapping[Thing, str],
        changed: Mapping[DatasetName, bool],
    ) -> None:
        self._found = found
        self._relations = relations
        self._changed = changed
        self._called = _called(found.makers)
        self._writers: defaultdict[Thing, set[Via]] = defaultdict(set)
        for link in found.into:
            if link.via != link.target:
                self._writers[link.target].add(link.via)
        self._levels = _levels(found)

    def project(self) -> Project:
        definitions = [
            definition
            for maker in sorted(self._found.makers, key=thing_order)
            for definition in self._definitions(maker)
        ]
        filled = self._filled(definitions)
        cut = {self._relations[name] for name, stays in self._changed.items() if not stays} - filled
        kept = [one for one in definitions if one.target not in cut]
        makes = {one.target for one in kept if one.target and not one.recorded} - filled
        tables = {
            relation: table
            for name, relation in self._relations.items()
            if isinstance(name, DatasetName) and relation not in makes
            if (table := self._table(name, relation)) is not None
        }
        things: list[tuple[str, Thing]] = [(self._called[one], one) for one in self._found.makers]
        things += [(relation, name) for name, relation in self._relations.items()]
        return Project(
            "",
            tables,
            tuple(kept),
            names={relation: name.name for name, relation in self._relations.items()},
            owners={called: self._owners(thing) for called, thing in things},
            catalogued={called: self._named(thing) for called, thing in things},
            checks=tuple(self._checks()),
        )

    def _filled(self, definitions: Iterable[Definition]) -> set[str]:
        """Give the relations that SQL only adds to: tables, which somebody has declared."""
        of_sql = [one for one in definitions if not one.recorded]
        made = {one.target for one in of_sql if one.making is not Making.INSERT}
        whole = {self._relations[name] for name, of in self._found.schemas.items() if of.full}
        return {one.target for one in of_sql if one.target in whole and one.target not in made}

    def _checks(self) -> Iterator[Check]:
        """Give what runs have asserted of columns, as far as its rule is known, once each."""
        told = {
            (self._relations[slot.about], rule, one.column): (slot.about, fold.run.job)
            for fold in self._found.folds.values()
            for slot, _, said in sayings(fold.said, Assertions)
            if isinstance(slot.about, DatasetName) and slot.about in self._relations
            for one in said.assertions
            if one.column and (rule := _ASSERTED.get(one.name)) is not None
        }
        for (relation, rule, column), (about, job) in sorted(told.items()):
            name = f"{rule} of {about.name}.{column}"
            yield Check(name, relation, rule, ((column, ""),), Place(job.name))

    def _table(self, name: DatasetName, relation: str) -> Table | None:
        """Give a dataset that is no query's result, as far as its columns are known."""
        schema = self._found.schemas.get(name)
        columns = [
            (one.path[0], one.type or "")
            for one in (schema.fields if schema else ())
            if len(one.path) == 1
        ]
        full = schema is not None and schema.full
        if not full:
            known = {one.lower() for one, _ in columns}
            named = self._found.columns.get(name, ())
            columns += [(one, "") for one in named if one.lower() not in known]
        alike = Counter(one.lower() for one, _ in columns)
        apart = {one: one for one, _ in columns if alike[one.lower()] > 1}
        table = Table(relation, tuple(columns), Place(""), open=not full, folded=apart)
        if name not in self._changed:
            return table if columns else None
        return replace(table, content=Content(0, b"", tuple((one, b"") for one, _ in columns)))

    def _definitions(self, maker: Via) -> Iterator[Definition]:
        """Give its SQL, taken apart if it writes several tables; else, and beside, its links."""
        fold = self._found.folds.get(maker) if isinstance(maker, JobName) else None
        matched = self._found.matched.get(fold.run) if fold else None
        targets = matched.targets if matched else ()
        if matched is not None and matched.readable and len(targets) <= 1:
            yield self._of_sql(maker, matched)
            if not targets:
                return
        else:
            pieces = list(self._pieces(maker, matched)) if matched is not None else []
            yield from (definition for _, definition in pieces)
            targets = [target for target, _ in pieces]
        into: defaultdict[Thing, list[Flow]] = defaultdict(list)
        for claim in self._found.held.get(maker, ()):
            into[claim.target] += claim.flows
        for target, flows in into.items():
            if target not in targets and (target == maker or target in self._found.reached):
                yield self._of_links(maker, target, flows)

    def _pieces(self, maker: Via, matched: Matched) -> Iterator[tuple[DatasetName, Definition]]:
        """Take a text apart."""
        text = matched.statement.text.sql
        for piece in matched.naming.pieces:
            target = matched.tables.get(piece.written)
            if target is None:
                continue
            whole = self._of_sql(maker, matched, target)
            yield (
                target,
                replace(
                    whole,
                    sql=excerpt(text, piece.spans),
                    place=Place(maker.name, *line_and_column(text, piece.spans[0].start)),
                    calls=tuple(one for one in whole.calls if one[0] in piece.names),
                ),
            )

    def _of_sql(
        self, maker: Via, matched: Matched, target: DatasetName | None = None
    ) -> Definition:
        text = matched.statement.text
        tables = matched.tables.items()
        filled = {matched.tables[one] for one in matched.naming.filled if one in matched.tables}
        kept = {matched.tables[one] for one in matched.naming.kept if one in matched.tables}
        target = target or next(iter(matched.targets), None)
        if target is None:
            making = self._reading(maker)
        else:
            making = Making.INSERT if target in filled else Making.TABLE
        return Definition(
            self._called[maker],
            making,
            text.sql,
            Place(maker.name),
            self._relations[target] if target is not None else self._handed(maker),
            keeps_past=target in kept,
            dialect=text.dialect,
            calls=tuple(sorted((parts, self._relations[name]) for parts, name in tables)),
        )

    def _of_links(self, maker: Via, target: Thing, flows: Iterable[Flow]) -> Definition:
        recorded = tuple(sorted(set(map(self._recorded, flows)), key=_order))
        return Definition(
            self._called[maker],
            Making.INSERT if isinstance(target, DatasetName) else self._reading(maker),
            text_of(recorded),
            Place(maker.name),
            self._relations[target] if isinstance(target, DatasetName) else self._handed(maker),
            recorded=recorded,
        )

    def _handed(self, maker: Via) -> str | None:
        return self._relations.get(maker) if isinstance(maker, JobName) else None

    def _recorded(self, flow: Flow) -> RecordedFlow:
        match flow.source:
            case ColumnName(_, path):
                source = path
            case Whole() | JobName():
                source = (ANY_COLUMN,)
            case Rows():
                source = ()
        match flow.target:
            case ColumnName(_, path):
                into = path[0]
            case Rows():
                into = None
            case _:
                into = ANY_COLUMN
        return RecordedFlow(self._relations[owner_of(flow.source)], source, flow.subtype, into)

    def _owners(self, thing: Thing) -> tuple[str, ...]:
        """Its own owners; else those of the jobs that write it."""
        said = self._found.said
        for things in ([thing], sorted(self._writers[thing], key=thing_order)):
            owners = [owner.name for one in things if one in said for owner in said[one].owners]
            if owners:
                return tuple(dict.fromkeys(owners))
        return ()

    def _named(self, thing: Thing) -> Named:
        said = self._found.said.get(thing)
        kind = ThingKind.DATASET if isinstance(thing, DatasetName) else self._kind(thing)
        marked = said.consumer if said is not None else None
        reads = isinstance(thing, JobName) and self._only_reads(thing)
        if marked != ConsumerSort.NONE if marked else reads:
            kind = ThingKind.CONSUMER
        return Named(thing, kind, self._levels[thing])

    def _reading(self, maker: Via) -> Making:
        is_test = isinstance(maker, JobName) and self._kind(maker) is ThingKind.CHECK
        return Making.CHECK if is_test else Making.QUERY

    def _kind(self, job: JobName) -> ThingKind:
        fold = self._found.folds.get(job)
        told = fold.find(JobType) if fold else None
        is_test = told is not None and (told.type or "").upper() == "TEST"
        return ThingKind.CHECK if is_test else ThingKind.JOB

    def _only_reads(self, job: JobName) -> bool:
        """Tell whether it is a query for somebody to look at."""
        fold = self._found.folds.get(job)
        matched = self._found.matched.get(fold.run) if fold else None
        into = {claim.target for claim in self._found.held.get(job, ())}
        is_query = matched is not None and matched.readable and into == {job}
        return is_query and job not in self._relations and self._kind(job) is ThingKind.JOB


def _called(makers: Collection[Via]) -> Mapping[Via, str]:
    """Give the names of makers, with the namespace where another has that name, too."""
    alike: defaultdict[str, list[Via]] = defaultdict(list)
    for maker in makers:
        alike[maker.name.lower()].append(maker)
    return {
        maker: maker.name if len(of) == 1 else f"{maker.namespace} {maker.name}"
        for of in alike.values()
        for maker in of
    }


def _levels(found: Neighbourhood) -> Mapping[Thing, Criticality]:
    """Give how much a thing matters: the highest among itself and all that it feeds."""
    levels: defaultdict[Thing, Criticality] = defaultdict(lambda: Criticality.NORMAL)
    feeds: defaultdict[Thing, set[Thing]] = defaultdict(set)
    for thing, said in found.said.items():
        levels[thing] = Criticality[said.criticality.name]
    for link in found.into:
        feeds[link.target] |= {link.source, link.via} - {link.target}
    rising = list(levels)
    while rising:
        thing = rising.pop()
        for source in feeds[thing]:
            if _LEVELS.index(levels[source]) < _LEVELS.index(levels[thing]):
                levels[source] = levels[thing]
                rising.append(source)
    return levels


def _order(flow: RecordedFlow) -> tuple[str, tuple[str, ...], str, str]:
    return (flow.relation, flow.path, flow.subtype, flow.into or "")

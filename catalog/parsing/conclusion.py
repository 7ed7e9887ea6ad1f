"""What the reading of a run's SQL contributes: claims, derived schemas, what became of it. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from catalog.model.claim import Claim, Contribution, SchemaStatement
from catalog.model.reading import OURSELVES, Quote, Reading, SqlOf, Trouble
from catalog.parsing.matching import Place, column_key, find, is_listed, only_one
from catalog.parsing.statement import Statement
from ingest.facts import Field, Schema, Stamp
from ingest.flows import (
    KIND_OF,
    End,
    Flow,
    Kind,
    Rows,
    Subtype,
    Tier,
    Whole,
    end_order,
    owner_of,
    sorted_flows,
)
from ingest.names import ColumnName, DatasetName, FieldPath, JobName, RunKey
from ingest.sql.errors import Problem, Span, line_and_column
from ingest.sql.lineage import ANY_COLUMN
from ingest.sql.readout import Naming, Origin, Parts, Readout, Written


@dataclass(frozen=True, slots=True)
class Bound:
    """A statement that was bound: against which schemas (their hash), and what came out.

    `tables`: the dataset that each name in it is, as far as that can be told. `spelled`: how the
    columns of what is written are spelled, by what they are compared by.
    """

    statement: Statement
    naming: Naming
    place: Place
    tables: Mapping[Parts, DatasetName]
    schemas: str
    spelled: Mapping[DatasetName, Mapping[str, FieldPath]]
    readout: Readout


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What follows from a bound statement, whichever run of its job it is of."""

    claims: tuple[Claim, ...]
    schemas: tuple[tuple[DatasetName, Schema], ...]
    reads: tuple[DatasetName, ...]
    reading: Reading

    def of(self, run: RunKey, seen: Stamp) -> Contribution:
        """Give what the reading of one run contributes."""
        return Contribution(
            SqlOf(run),
            seen,
            claims=self.claims,
            schemas=tuple(
                SchemaStatement(dataset, seen, OURSELVES, schema)
                for dataset, schema in self.schemas
            ),
            reads=self.reads,
            writes=self.reading.writes,
            reading=self.reading,
        )


def conclude(bound: Bound) -> Conclusion:
    """Conclude what a bound statement says."""
    return _Concluding(bound).conclusion()


def unread(run: RunKey, seen: Stamp, statement: Statement, naming: Naming) -> Contribution:
    """Give what a text contributes that cannot be read at all: the reason."""
    trouble = _trouble(naming.problem, statement) if naming.problem else None
    reading = Reading(bound=False, reads=(), writes=(), trouble=trouble)
    return Contribution(SqlOf(run), seen, reads=_listed(statement), reading=reading)


class _Concluding:
    def __init__(self, bound: Bound) -> None:
        self._statement = bound.statement
        self._schemas = bound.schemas
        self._readout = bound.readout
        self._read = bound.naming.read
        self._spelled = bound.spelled
        self._place = bound.place
        self._datasets = _Datasets(bound)

    def conclusion(self) -> Conclusion:
        flows: defaultdict[DatasetName | JobName, set[Flow]] = defaultdict(set)
        schemas: list[tuple[DatasetName, Schema]] = []
        places: dict[tuple[End, End, Subtype], Span] = {}
        for written in self._readout.written:
            target = self._datasets.target(written)
            if target is None:
                continue
            for flow, place in self._flows(written, target):
                flows[target].add(flow)
                if place is not None:
                    places.setdefault((flow.source, flow.target, flow.subtype), place)
            if isinstance(target, DatasetName):
                schemas += self._derived(written, target)
        reading = self._reading(flows, places)
        return Conclusion(
            claims=tuple(self._claims(flows, reading)),
            schemas=tuple(schemas),
            reads=tuple(sorted({*_listed(self._statement), *reading.reads})),
            reading=reading,
        )

    def _reading(
        self,
        flows: Mapping[DatasetName | JobName, set[Flow]],
        places: Mapping[tuple[End, End, Subtype], Span],
    ) -> Reading:
        reads = {name for parts in self._read if (name := self._datasets.named(parts))}
        problem = self._readout.problem
        unmatched = self._datasets.unmatched
        return Reading(
            bound=self._readout.bound and not unmatched,
            reads=tuple(sorted(reads)),
            writes=tuple(sorted(one for one in flows if isinstance(one, DatasetName))),
            trouble=_trouble(problem, self._statement) if problem else None,
            unmatched=tuple(sorted(".".join(parts) for parts in unmatched)),
            quotes=tuple(self._quotes(places)),
        )

    def _claims(
        self, flows: Mapping[DatasetName | JobName, set[Flow]], reading: Reading
    ) -> Iterator[Claim]:
        for target, told in flows.items():
            if told:
                yield self._claim(target, Tier.PARSED, reading.bound, told)
            if isinstance(target, DatasetName) and not reading.bound:
                beside = set(self._beside(target, told, reading))
                if beside:
                    yield self._claim(target, Tier.INFERRED, True, beside)

    def _claim(
        self, target: DatasetName | JobName, tier: Tier, precise: bool, flows: Iterable[Flow]
    ) -> Claim:
        return Claim(
            via=self._statement.job,
            target=target,
            tier=tier,
            producer=OURSELVES,
            version=self._statement.version,
            schemas=self._schemas,
            precise=precise,
            flows=sorted_flows(flows),
        )

    def _beside(
        self, target: DatasetName, told: Iterable[Flow], reading: Reading
    ) -> Iterator[Flow]:
        """What a reading that is not whole may miss: the rows of inputs, and inputs not named.

        What only a producer's own reading of the same text names is no input of it: a CTE.
        """
        named = {owner_of(flow.source) for flow in told}
        with_rows = {flow.source for flow in told if flow.target == Rows(target)}
        listed = self._statement.listed
        inputs = {*listed.inputs, *reading.reads}
        if self._readout.problem is None:
            inputs -= listed.only_named - {*reading.reads}
        for name in inputs:
            if Rows(name) not in with_rows:
                yield Flow(Rows(name), Rows(target), Kind.DIRECT, Subtype.IDENTITY)
            if name not in named:
                yield Flow(Whole(name), Whole(target), Kind.DIRECT, Subtype.UNTOLD)

    def _flows(
        self, written: Written, target: DatasetName | JobName
    ) -> Iterator[tuple[Flow, Span | None]]:
        """Give what flows, and where the text says so."""
        into_job = isinstance(target, JobName)
        for column in written.columns:
            end = target if into_job else self._end(target, column.name)
            yield from self._into(end, column.origins)
        yield from self._into(target if into_job else Whole(target), written.any_column)
        yield from self._into(target if into_job else Rows(target), written.rows)

    def _into(self, end: End, origins: Iterable[Origin]) -> Iterator[tuple[Flow, Span | None]]:
        for origin in origins:
            if (name := self._datasets.named(origin.table)) is not None:
                source = _source(name, origin.path)
                kind = KIND_OF[origin.subtype]
                flow = Flow(source, end, kind, origin.subtype, origin.masking)
                yield flow, origin.quote

    def _quotes(self, places: Mapping[tuple[End, End, Subtype], Span]) -> Iterator[Quote]:
        """Give the texts of the places, each once, in a fixed order."""
        whole = self._statement.text.sql
        texts = {place: whole[place.start : place.end] for place in set(places.values())}
        for (source, target, subtype), place in sorted(
            places.items(), key=lambda one: (end_order(one[0][1]), end_order(one[0][0]), one[0][2])
        ):
            yield Quote(source, target, subtype, place.start, texts[place])

    def _end(self, target: DatasetName, name: str) -> ColumnName:
        known = self._spelled.get(target, {})
        return ColumnName(target, known.get(column_key(target, self._place)(name), (name,)))

    def _derived(
        self, written: Written, target: DatasetName
    ) -> Iterator[tuple[DatasetName, Schema]]:
        """What a query makes whole has the query's columns, where nobody says better."""
        if written.whole and written.columns and all(one.name for one in written.columns):
            fields = tuple(
                Field(self._end(target, one.name).path, one.type or None) for one in written.columns
            )
            yield target, Schema(fields, full=True)


class _Datasets:
    """Which dataset each name of the text is; remembers those that are none."""

    def __init__(self, bound: Bound) -> None:
        self._statement = bound.statement
        self._place = bound.place
        self.unmatched: set[Parts] = set()
        self._writes = {
            one.target
            for one in bound.readout.written
            if one.target is not None and not one.temporary
        }

    def named(self, parts: Parts) -> DatasetName | None:
        """Give the dataset of a name."""
        passing = self._statement.rolled_up and parts in self._writes
        if passing and not is_listed(parts, self._place):
            return only_one(self._statement.listed.outputs)
        found = find(parts, self._place)
        if found is None:
            self.unmatched.add(parts)
        return found

    def target(self, written: Written) -> DatasetName | JobName | None:
        """Give what is written.

        The result of a query goes to the run's one output, if nothing in the text is written to;
        with no output, or beside what is written, it goes to the job. What a run's children ask
        before they write is no use of the data.
        """
        if written.target is not None:
            hidden = written.temporary and not is_listed(written.target, self._place)
            return None if hidden else self.named(written.target)
        if self._writes or not self._statement.listed.outputs:
            probes = self._statement.rolled_up and self._writes
            return None if probes else self._statement.job
        return only_one(self._statement.listed.outputs)


def _source(name: DatasetName, path: tuple[str, ...]) -> End:
    if not path:
        return Rows(name)
    return Whole(name) if path == (ANY_COLUMN,) else ColumnName(name, path)


def _listed(statement: Statement) -> tuple[DatasetName, ...]:
    return tuple(sorted(statement.datasets))


def _trouble(problem: Problem, statement: Statement) -> Trouble:
    line, column = line_and_column(statement.text.sql, problem.span.start)
    return Trouble(problem.code.value, problem.message, line, column)

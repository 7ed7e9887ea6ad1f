"""Resolving: the SQL of runs, bound against the schemas in force when they completed."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from catalog.model.claim import Contribution, DatasetAt
from catalog.model.reading import SqlOf
from catalog.model.schema import SchemaInForce
from catalog.model.thing import Thing
from catalog.parsing.conclusion import Bound, Conclusion, conclude, unread
from catalog.parsing.matching import Place, column_key, met, place_of
from catalog.parsing.reader import SqlReader
from catalog.parsing.remembering import is_fault
from catalog.parsing.schemas import Schemas, hash_of_schemas
from catalog.parsing.statement import Statement, statement_of
from catalog.ports import NamesReader
from catalog.recent import Recent
from ingest.facts import Stamp, Symlinks
from ingest.folds import RunFold, Said
from ingest.names import DatasetName, FieldPath, RunKey
from ingest.openlineage.run_lineage import Traffic
from ingest.sql.readout import KnownTable, Naming, Parts, Request

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

Called: TypeAlias = tuple[tuple[DatasetName, ...], ...]
"""All names of each dataset that a statement's run lists, in the order of those."""


@dataclass(frozen=True, slots=True)
class Matched:
    """SQL, and which datasets its names are, as far as that can be told."""

    statement: Statement
    called: Called
    naming: Naming
    place: Place
    tables: Mapping[Parts, DatasetName]

    @property
    def readable(self) -> bool:
        """Tell whether anything in it could be read."""
        return self.naming.problem is None or bool(self.naming.tables)

    @property
    def writes(self) -> frozenset[DatasetName]:
        """Give what the run writes by what it lists, or by its SQL."""
        written = (self.tables[parts] for parts in self.naming.written if parts in self.tables)
        return frozenset(self.statement.listed.outputs).union(written)

    @property
    def schemas_of(self) -> frozenset[DatasetName]:
        """Give the datasets whose schemas it is bound against."""
        return self.writes.union(self.tables.values())

    @property
    def targets(self) -> Sequence[DatasetName]:
        """Give what is written: by the SQL, or, where that writes nothing, by the run."""
        written = [self.tables[parts] for parts in self.naming.written if parts in self.tables]
        return list(dict.fromkeys(written)) or self.statement.listed.outputs


class Resolver:
    """Reads the SQL of runs."""

    def __init__(self, graph: NamesReader, reader: SqlReader) -> None:
        self._graph = graph
        self._reader = reader
        self._matches: Recent[tuple[Statement, Called], Matched] = Recent()
        self._conclusions: Recent[tuple[Statement, Called, str], Conclusion] = Recent()

    async def resolve(self, folds: Mapping[RunKey, RunFold]) -> list[Contribution]:
        """Give what the SQL of these runs contributes now; of a run without any, nothing more."""
        schemas = Schemas(self._graph)
        statements = {run: statement_of(fold) for run, fold in folds.items()}
        listed = {name for one in statements.values() if one for name in one.datasets}
        names = await self._names(listed)
        read_before = await self._graph.readings(
            [run for run, statement in statements.items() if statement is None]
        )
        told = [(folds[run], one) for run, one in statements.items() if one is not None]
        matched = await asyncio.gather(*(self._matched(one, names) for _, one in told))
        pairs = [(fold, of) for (fold, _), of in zip(told, matched, strict=True)]
        await schemas.look_up(_schemas_asked(pairs))
        found = await asyncio.gather(*(self._resolve(fold, of, schemas) for fold, of in pairs))
        gone = (Contribution(SqlOf(run), folds[run].heard) for run in read_before)
        return [*found, *gone]

    async def matched(self, folds: Collection[RunFold]) -> Mapping[RunKey, Matched]:
        """Give the SQL of runs with the datasets that it names, by their canonical names.

        Nothing of runs without any.
        """
        statements = {fold.run: one for fold in folds if (one := statement_of(fold))}
        listed = {name for one in statements.values() for name in one.datasets}
        names = await self._names(listed)
        found = {run: await self._matched(one, names) for run, one in statements.items()}
        return {run: await self._canonical(one) for run, one in found.items()}

    async def _canonical(self, matched: Matched) -> Matched:
        """Give the same in the names by which the graph answers."""
        asked = {*matched.tables.values(), *matched.statement.datasets}
        called = {name: names[0] for name, names in (await self._graph.aliases(asked)).items()}
        listed = matched.statement.listed
        return replace(
            matched,
            tables={parts: called[name] for parts, name in matched.tables.items()},
            statement=replace(
                matched.statement,
                listed=Traffic(
                    tuple(dict.fromkeys(called[name] for name in listed.inputs)),
                    tuple(dict.fromkeys(called[name] for name in listed.outputs)),
                ),
            ),
        )

    async def _matched(
        self, statement: Statement, names: Mapping[DatasetName, Sequence[DatasetName]]
    ) -> Matched:
        called = tuple(tuple(names[one]) for one in sorted(statement.datasets))
        if found := self._matches.get((statement, called)):
            return found
        naming = await self._reader.naming(statement.text)
        place = place_of(statement.text.dialect, statement.datasets, names)
        passing = naming.written if statement.rolled_up else ()
        tables = met(naming, place, passing, statement.listed.outputs)
        matched = Matched(statement, called, naming, place, tables)
        if not is_fault(naming.problem):
            self._matches.put((statement, called), matched)
        return matched

    async def _resolve(self, fold: RunFold, matched: Matched, known: Schemas) -> Contribution:
        seen = _completed(fold)
        if not matched.readable:
            return unread(fold.run, seen, matched.statement, matched.naming)
        schemas = await known.in_force(matched.schemas_of, seen.time, matched.writes)
        asked = (matched.statement, matched.called, hash_of_schemas(schemas))
        conclusion = self._conclusions.get(asked)
        if conclusion is None:
            bound = await self._bound(matched, schemas)
            conclusion = conclude(bound)
            if not is_fault(bound.readout.problem):
                self._conclusions.put(asked, conclusion)
        return conclusion.of(fold.run, seen)

    async def bound(self, folds: Collection[RunFold]) -> Mapping[RunKey, Bound]:
        """Give the SQL of runs, bound against the schemas in force when they completed.

        With what it assumes of values. Nothing of runs without any, or with none that can be read.
        """
        schemas = Schemas(self._graph)
        statements = [(fold, one) for fold in folds if (one := statement_of(fold))]
        names = await self._names({name for _, one in statements for name in one.datasets})
        pairs = [(fold, await self._matched(statement, names)) for fold, statement in statements]
        await schemas.look_up(_schemas_asked(pairs))
        found: dict[RunKey, Bound] = {}
        for fold, matched in pairs:
            if matched.readable:
                at = _completed(fold).time
                known = await schemas.in_force(matched.schemas_of, at, matched.writes)
                found[fold.run] = await self._bound(matched, known, assumptions=True)
        return found

    async def _bound(
        self,
        matched: Matched,
        schemas: Mapping[DatasetName, SchemaInForce],
        *,
        assumptions: bool = False,
    ) -> Bound:
        tables = matched.tables
        known = tuple(_known(tables, schemas))
        request = Request(matched.statement.text, known, assumptions)
        spelled = {
            name: _spelling(column_key(name, matched.place), schemas[name])
            for name in matched.writes
            if name in schemas
        }
        return Bound(
            matched.statement,
            matched.naming,
            matched.place,
            tables,
            hash_of_schemas(schemas),
            spelled,
            await self._reader.read_out(request),
        )

    async def _names(
        self, datasets: Collection[DatasetName]
    ) -> Mapping[DatasetName, Sequence[DatasetName]]:
        """Give all names of datasets, the canonical one first.

        A location that different tables claim is called by the names of all of them.
        """
        things: Collection[Thing] = datasets
        said = await self._graph.sayings(things)
        return {
            dataset: (*names, *_symlinked(said.get(dataset, {}).values()))
            for dataset, names in (await self._graph.aliases(datasets)).items()
        }


def _schemas_asked(pairs: Iterable[tuple[RunFold, Matched]]) -> frozenset[DatasetAt]:
    """Give which schemas are needed to bind the SQL of runs."""
    return frozenset(
        DatasetAt(dataset, _completed(fold).time)
        for fold, matched in pairs
        if matched.readable
        for dataset in matched.schemas_of
    )


def _completed(fold: RunFold) -> Stamp:
    if fold.completed is None:
        raise ValueError(fold.run)
    return fold.completed


def _symlinked(said: Iterable[Said]) -> Iterable[DatasetName]:
    for one in said:
        if isinstance(one.saying, Symlinks):
            yield from (identifier.name for identifier in one.saying.identifiers)


def _known(
    tables: Mapping[Parts, DatasetName], schemas: Mapping[DatasetName, SchemaInForce]
) -> Iterable[KnownTable]:
    """Give the tables that are known whole; a nested field is part of its column."""
    for parts, name in sorted(tables.items()):
        if (schema := schemas.get(name)) is not None:
            columns = tuple(
                (one.path[0], one.type or "") for one in schema.fields if len(one.path) == 1
            )
            yield KnownTable(parts, columns)


def _spelling(key: Callable[[str], str], schema: SchemaInForce) -> Mapping[str, FieldPath]:
    """Give the columns by their keys; of two with one key neither."""
    paths = [(key(one.path[0]), one.path) for one in schema.fields if len(one.path) == 1]
    taken = Counter(one for one, _ in paths)
    return {one: path for one, path in paths if taken[one] == 1}

"""A folder of DDL as a picture of the source that it describes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.connectors.picture import Picture, Relation
from ingest.connectors.sqlfolder import SqlFile
from ingest.connectors.tables import TableNames, Unnamed
from ingest.facts import Field, Schema
from ingest.flows import KIND_OF, Flow, Rows, Subtype, Whole, sorted_flows
from ingest.names import ColumnName, DatasetName
from ingest.sql.declarations import Declaration, declarations_of
from ingest.sql.errors import Span, line_and_column
from ingest.sql.lineage import ANY_COLUMN
from ingest.sql.meaning import Meaning, Result, Use, meaning_of
from ingest.sql.rules import Case, rules_of
from ingest.sql.schema import Declared, declare, schema_of, split_name
from ingest.sql.schema import Schema as KnownTables
from ingest.sql.script import Parsed, bind_parsed, parse_script
from ingest.sql.tables import named_tables

PRODUCER = "headwater:sql-folder"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that could not be read as it is meant, and where. Lines count from 1.

    `lost`: what stands there is not in the picture at all.
    """

    file: str
    line: int
    message: str
    lost: bool

    def __str__(self) -> str:
        """Give it as compilers do."""
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Reading:
    """A picture, what went wrong, and how many statements declare nothing."""

    picture: Picture
    troubles: tuple[Trouble, ...]
    others: int


@dataclass(frozen=True, slots=True)
class _Made:
    """A declaration, where it stands, and the dataset that it declares."""

    file: SqlFile
    declaration: Declaration
    dataset: DatasetName


@dataclass(slots=True, eq=False)
class _State:
    names: TableNames
    made: dict[DatasetName, _Made] = field(default_factory=dict[DatasetName, _Made])
    unsure: set[DatasetName] = field(default_factory=set[DatasetName])
    troubles: list[Trouble] = field(default_factory=list[Trouble])
    others: int = 0

    def tell(self, file: SqlFile, offset: int, message: str, *, lost: bool = True) -> None:
        line, _ = line_and_column(file.text, offset)
        self.troubles.append(Trouble(file.path, line, message, lost))


def read_ddl(
    files: Iterable[SqlFile], names: TableNames, progress: Callable[[], None] = lambda: None
) -> Reading:
    """Read files of DDL; `progress` is called after each.

    What a query makes has the columns and the lineage that the query gives. A table that is
    altered or dropped has at least the columns that it was made with, as far as can be told.
    """
    state = _State(names)
    for file in files:
        _read(state, file)
        progress()
    relations = dict(_declared(state))
    relations.update(_views(state))
    ordered = tuple(relations[one] for one in sorted(relations))
    troubles = sorted(state.troubles, key=lambda one: (one.file, one.line, one.message))
    return Reading(Picture(names.namespace, PRODUCER, ordered), tuple(troubles), state.others)


def _read(state: _State, file: SqlFile) -> None:
    found = declarations_of(file.text, state.names.dialect)
    state.others += found.others
    for problem in found.problems:
        state.tell(file, problem.span.start, problem.message)
    for one in found.found:
        dataset = _dataset(state, file, one.span, one.name)
        if dataset is None:
            continue
        known = state.made.get(dataset)
        if known is not None:
            line, _ = line_and_column(known.file.text, known.declaration.span.start)
            where = f"{known.file.path}:{line}"
            message = f"{dataset.name} is declared at {where}, too; this one counts"
            state.tell(file, one.span.start, message, lost=False)
        state.made[dataset] = _Made(file, one, dataset)
    for span, name in found.altered:
        dataset = _dataset(state, file, span, name)
        if dataset is not None:
            message = f"{dataset.name} is changed here, which is not followed: other columns may be"
            state.tell(file, span.start, message, lost=False)
            state.unsure.add(dataset)


def _dataset(state: _State, file: SqlFile, span: Span, name: Sequence[str]) -> DatasetName | None:
    try:
        return state.names.dataset(name)
    except Unnamed as error:
        state.tell(file, span.start, str(error))
        return None


def _declared(state: _State) -> Iterator[tuple[DatasetName, Relation]]:
    for dataset, one in state.made.items():
        if not one.declaration.made:
            columns = one.declaration.columns
            fields = tuple(Field((name,), type_ or None) for name, type_ in columns)
            schema = Schema(fields, full=dataset not in state.unsure)
            yield dataset, Relation(dataset, one.declaration.is_view, schema)


# What queries make


def _views(state: _State) -> Iterator[tuple[DatasetName, Relation]]:
    """Bind each query after those that it reads; those that read each other have no order."""
    names = state.names
    schema = schema_of({}, rules_of(names.dialect), names.schema, names.database)
    waiting: dict[str, _Made] = {}
    for one in state.made.values():
        written = _written(names.parts_of(one.dataset))
        sure = one.dataset not in state.unsure
        declare(schema, Declared(written, dict(one.declaration.columns) if sure else {}))
        if one.declaration.made:
            waiting[written] = one
    parsed = {name: parse_script(_text(one), names.dialect) for name, one in waiting.items()}
    reads = {name: set(named_tables(one, schema)) - {name} for name, one in parsed.items()}
    while ready := [name for name in waiting if not reads[name] & waiting.keys()]:
        for name in ready:
            one = waiting.pop(name)
            yield one.dataset, _relation(state, one, _meaning(parsed[name], schema), schema)
    for name, one in waiting.items():
        state.tell(one.file, one.declaration.span.start, "It is made of itself", lost=False)
        yield one.dataset, _relation(state, one, _meaning(parsed[name], schema), schema)


def _text(one: _Made) -> str:
    span = one.declaration.span
    return one.file.text[span.start : span.end]


def _written(parts: Sequence[str]) -> str:
    """Write a name as the SQL engine reads names of its schema."""
    return ".".join(
        part if part.isidentifier() else '"' + part.replace('"', '""') + '"' for part in parts
    )


def _meaning(parsed: Parsed, schema: KnownTables) -> Meaning | None:
    try:
        return meaning_of(bind_parsed(parsed, schema))
    except RecursionError:
        return None


def _relation(state: _State, one: _Made, meaning: Meaning | None, schema: KnownTables) -> Relation:
    if meaning is None:
        state.tell(one.file, one.declaration.span.start, "It is nested too deeply", lost=False)
    start = one.declaration.span.start
    problems = meaning.problems if meaning is not None else ()
    for problem in problems:
        state.tell(one.file, start + problem.span.start, problem.message, lost=False)
    results = meaning.results[:1] if meaning is not None else ()
    for result in results:
        columns = _columns(state.names, result)
        written = _written(state.names.parts_of(one.dataset))
        whole = not (problems or result.open or one.dataset in state.unsure)
        if whole:
            declare(schema, Declared(written, columns))
        fields = tuple(Field((name,), type_ or None) for name, type_ in columns.items())
        told = Schema(fields, full=whole) if fields else None
        flows = sorted_flows(_flows(state.names, schema, one.dataset, result))
        return Relation(one.dataset, one.declaration.is_view, told, flows or None)
    return Relation(one.dataset, one.declaration.is_view, None)


def _columns(names: TableNames, result: Result) -> Mapping[str, str]:
    return {_stored(names, one.name, one.key): one.type for one in result.fields if one.name}


def _stored(names: TableNames, name: str, key: str) -> str:
    return name if rules_of(names.dialect).case is Case.INSENSITIVE else key


def _flows(
    names: TableNames, schema: KnownTables, dataset: DatasetName, result: Result
) -> Iterator[Flow]:
    for use in result.uses:
        yield from _flow(names, use, Rows(dataset))
    for one in result.fields:
        name = _stored(names, one.name, one.key)
        target = ColumnName(dataset, (name,)) if name else Whole(dataset)
        for use in (*one.direct, *one.indirect):
            yield from _flow(names, use, target)
    if result.open:
        for source in {use.table for use in result.uses if use.table and not use.path}:
            known = schema.find(source)
            if known is None or not known.columns:
                yield from _flow(names, Use(source, (ANY_COLUMN,), Subtype.UNTOLD), Whole(dataset))


def _flow(names: TableNames, use: Use, target: ColumnName | Rows | Whole) -> Iterator[Flow]:
    if use.table is None:
        return
    try:
        source = names.dataset(split_name(use.table))
    except Unnamed:
        return
    if use.path == (ANY_COLUMN,):
        end = Whole(source)
    else:
        end = ColumnName(source, use.path) if use.path else Rows(source)
    yield Flow(end, target, KIND_OF[use.subtype], use.subtype)

"""Who relies on which values of a column: what the SQL of its readers assumes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from catalog.parsing.conclusion import Bound
from catalog.parsing.reader import SqlReader
from catalog.parsing.resolver import Resolver
from catalog.ports import NamesReader
from ingest.names import ColumnName, DatasetName, JobName, RunKey
from ingest.sql.assumption import Assumption

MOST_READERS = 500
"""How many jobs are asked."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """A job assumes something of a column. `value`: a literal as it is meant, a type, a column.

    `text`: where its SQL says so; `line` from 1.
    """

    job: JobName
    column: ColumnName
    assumption: Assumption
    value: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Assumptions:
    """An answer, by column, then by job. `truncated`: there are more readers than were asked."""

    found: tuple[Assumed, ...]
    truncated: bool


async def assumptions_of(
    graph: NamesReader, reader: SqlReader, dataset: DatasetName
) -> Assumptions:
    """Give what the newest completed runs of all that reads a dataset assume of its columns."""
    names = frozenset((await graph.aliases([dataset]))[dataset])
    named = (await graph.named_in([dataset])).get(dataset, ())
    jobs = sorted(named)[:MOST_READERS]
    newest = await graph.completions(jobs, 1)
    runs = [RunKey(of[0].run_id, job) for job, of in newest.items()]
    folds = await graph.folds(runs)
    bound = await Resolver(graph, reader).bound(list(folds.values()))
    found = {one for run, of in bound.items() for one in _assumed(run.job, of, dataset, names)}
    ordered = sorted(
        found, key=lambda one: (one.column, one.assumption, one.value, one.job, one.line)
    )
    return Assumptions(tuple(ordered), truncated=len(named) > len(jobs))


def _assumed(
    job: JobName, bound: Bound, dataset: DatasetName, names: Collection[DatasetName]
) -> Iterator[Assumed]:
    text = bound.statement.text.sql
    for table, path, assumption, value, span in bound.readout.assumed:
        if bound.tables.get(table) in names:
            line = text.count("\n", 0, span.start) + 1
            quoted = text[span.start : span.end]
            yield Assumed(job, ColumnName(dataset, path), assumption, value, quoted, line)

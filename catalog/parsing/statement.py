"""What a run says of its SQL, put together: the text, its dialect, what the run lists. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ingest.facts import Sql
from ingest.folds import RunFold
from ingest.names import DatasetName, JobName
from ingest.openlineage.naming import sql_dialect
from ingest.openlineage.run_lineage import Traffic, traffic_of
from ingest.sql.dialects import dialect_called
from ingest.sql.readout import Text


@dataclass(frozen=True, slots=True)
class Statement:
    """The SQL of a run. `rolled_up`: it is that of its children, one after the other."""

    job: JobName
    version: str
    text: Text
    listed: Traffic
    rolled_up: bool

    @property
    def datasets(self) -> Collection[DatasetName]:
        """Give what the run lists, read or written."""
        return {*self.listed.inputs, *self.listed.outputs}


def statement_of(fold: RunFold) -> Statement | None:
    """Give the SQL of a completed run; None if it has none, or has not completed."""
    if fold.completed is None:
        return None
    own = fold.find(Sql)
    sqls = [own] if own else fold.sql_of_children
    if not any(sql.query.strip() for sql in sqls):
        return None
    listed = traffic_of(fold.said)
    text = Text(";\n".join(sql.query for sql in sqls), _dialect(sqls, listed))
    return Statement(fold.run.job, fold.code_version, text, listed, rolled_up=own is None)


def _dialect(sqls: Collection[Sql], listed: Traffic) -> str:
    told = [dialect_called(sql.dialect) for sql in sqls if sql.dialect]
    known = next((name for name in told if name is not None), None)
    if known is not None:
        return known
    inferred = sql_dialect(name.namespace for name in (*listed.inputs, *listed.outputs))
    return dialect_called(inferred) or "" if inferred else ""

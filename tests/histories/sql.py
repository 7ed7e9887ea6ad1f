"""A small world of jobs that run SQL over each other's tables: late schemas, late names, cycles."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from ingest.facts import (
    EventType,
    Fact,
    Field,
    Identifier,
    JobType,
    Parent,
    Report,
    Role,
    RunEvent,
    Schema,
    Sql,
    Subject,
    Symlinks,
    Touched,
)
from ingest.names import DatasetName, JobName, RunKey
from ingest.sql.fingerprint import fingerprint

TABLES = tuple(DatasetName("postgres://db:5432", f"shop.public.{name}") for name in "abcd")
LOCATION = DatasetName("s3://lake", "warehouse/a")
SPELLED = DatasetName("postgresql://db", "shop.public.c")
DATASETS = (*TABLES, LOCATION, SPELLED)
JOBS = tuple(JobName("jobs", f"j{number}") for number in range(4))
RUNS = tuple(RunKey(f"run-{number}", job) for job in JOBS for number in (1, 2))
TEXTS = (
    "select a.id, b.amount from a join b on a.id = b.id where b.status = 'paid'",
    "insert into c select * from a",
    "create table c as select id, amount * 2 as twice from b where status = 'x'",
    "create table d as select * from c",
    "create table b as select * from d",
    "insert into public.d (id) select id from shop.public.c",
    "create table d as select * from a left join b using (id)",
    "create temporary table t as select * from a; insert into b select id, twice from t",
    "select * from nowhere",
    "create table a as select 1 as id, 'x' as status",
    "select from where",
)
COLUMNS = ("id", "amount", "status", "twice")
START = datetime(2026, 3, 1, tzinfo=UTC)

schemas = st.builds(
    Schema,
    st.lists(st.sampled_from(COLUMNS), unique=True, min_size=1, max_size=3).map(
        lambda names: tuple(Field((name,), "int") for name in names)
    ),
    st.sampled_from((True, True, False)),
)
_LINKS = tuple(Symlinks((Identifier(table, "TABLE"),)) for table in TABLES[:2])


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """One report on a run, or on a dataset alone."""
    kinds = st.sampled_from((EventType.COMPLETE, EventType.COMPLETE, *EventType))
    subject: Subject = draw(
        st.one_of(
            st.builds(RunEvent, st.sampled_from(RUNS), kinds),
            st.builds(RunEvent, st.sampled_from(RUNS), kinds),
            st.sampled_from(DATASETS),
        )
    )
    facts: list[Fact] = []
    if isinstance(subject, RunEvent):
        facts += draw(_of_job(subject.run))
        for role in (Role.INPUT, Role.OUTPUT):
            for dataset in draw(st.lists(st.sampled_from(DATASETS), max_size=2, unique=True)):
                facts += [Fact(dataset, role, "", Touched()), *draw(_of_dataset(dataset, role))]
    else:
        facts += draw(_of_dataset(subject, Role.SUBJECT))
    time = START + timedelta(days=draw(st.integers(0, 6)))
    body = repr((time, subject, facts)).encode()
    record = hashlib.sha256(body).hexdigest()
    return Report(record, time, "https://p", subject, tuple(facts), notices=())


@st.composite
def _of_job(draw: st.DrawFn, run: RunKey) -> Sequence[Fact]:
    facts: list[Fact] = []
    if draw(st.integers(0, 3)):
        text = draw(st.sampled_from(TEXTS))
        sql = Sql(text, "postgres", fingerprint(text, "postgres"))
        facts.append(Fact(run.job, Role.SUBJECT, "sql", sql))
    if draw(st.integers(0, 3)) == 0:
        facts.append(Fact(run, Role.SUBJECT, "parent", Parent(draw(st.sampled_from(RUNS)))))
    if draw(st.integers(0, 6)) == 0:
        kind = draw(st.sampled_from((JobType("BATCH", "DBT", "TEST"), JobType("STREAMING", "F"))))
        facts.append(Fact(run.job, Role.SUBJECT, "jobType", kind))
    return facts


@st.composite
def _of_dataset(draw: st.DrawFn, dataset: DatasetName, role: Role) -> Sequence[Fact]:
    facts: list[Fact] = []
    if draw(st.booleans()):
        facts.append(Fact(dataset, role, "schema", draw(schemas)))
    if dataset == LOCATION and draw(st.booleans()):
        link = draw(st.sampled_from((*_LINKS[:1] * 3, *_LINKS)))
        facts.append(Fact(dataset, role, "symlinks", link))
    return facts


histories = st.lists(reports(), min_size=1, max_size=12, unique_by=lambda report: report.record_id)

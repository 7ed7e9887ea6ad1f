"""Small worlds in which names, times and codes collide, so that order could matter if it may."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from catalog.model.command import (
    Acknowledge,
    Command,
    Given,
    MarkConsumer,
    SetCriticality,
    SetOwner,
    WithdrawAcknowledgement,
)
from catalog.model.description import ConsumerSort, Criticality
from catalog.model.record import record_id
from catalog.projector.commands import read_command, write_command
from catalog.projector.snapshots import read_snapshot, write_snapshot
from ingest.connectors.picture import Picture, Relation
from ingest.facts import (
    ColumnLineage,
    DatasetType,
    DbtNode,
    Deleted,
    Documentation,
    EventType,
    ExplicitLineage,
    Fact,
    Failure,
    Field,
    Identifier,
    JobType,
    Lifecycle,
    Owner,
    Ownership,
    Parent,
    Report,
    Role,
    RunEvent,
    Saying,
    Schema,
    Sql,
    Statistics,
    Subject,
    Symlinks,
    Tag,
    Tags,
    Touched,
    Verbatim,
)
from ingest.flows import KIND_OF, End, Flow, Rows, Subtype, Whole, sorted_flows
from ingest.names import ColumnName, DatasetName, JobName, RunKey

DATASETS = (
    DatasetName("postgres://db:5432", "shop.public.orders"),
    DatasetName("postgres://db:5432", "shop.public.customers"),
    DatasetName("arn:aws:glue:eu-west-1:1", "table/shop/Revenue"),
    DatasetName("s3://bucket", "a/b c/ü.parquet"),
    DatasetName("", "x"),
)
DBT_NODE = "model.shop.orders"
JOBS = (
    JobName("airflow", "daily.load"),
    JobName("airflow", "daily.report"),
    JobName("spark", "a:b/c"),
)
RUNS = tuple(RunKey(f"00000000-0000-0000-0000-00000000000{n}", job) for job in JOBS for n in (1, 2))
PRODUCERS = ("https://dbt", "https://spark")
PATHS = (("id",), ("amount",), ("address", "city"))
START = datetime(2026, 3, 1, tzinfo=UTC)

datasets = st.sampled_from(DATASETS)
jobs = st.sampled_from(JOBS)
moments = st.integers(0, 9).map(lambda days: START + timedelta(days=days))
columns = st.builds(ColumnName, datasets, st.sampled_from(PATHS))
schemas = st.builds(
    Schema,
    st.lists(st.sampled_from(PATHS), unique=True, min_size=1).map(
        lambda paths: tuple(Field(path, "int") for path in paths)
    ),
    st.booleans(),
)


def _sources(masked: bool) -> st.SearchStrategy[tuple[End, Subtype, bool]]:
    ends = st.one_of(columns, datasets.map(Rows), datasets.map(Whole))
    return st.tuples(ends, st.sampled_from(Subtype), st.just(masked))


def flows_into(target: DatasetName) -> st.SearchStrategy[tuple[Flow, ...]]:
    """Flows from anywhere into the columns, the rows or the whole of one dataset."""
    ends = st.one_of(
        st.sampled_from(PATHS).map(lambda path: ColumnName(target, path)),
        st.just(Rows(target)),
        st.just(Whole(target)),
    )
    flow = st.tuples(st.booleans().flatmap(_sources), ends).map(
        lambda pair: Flow(pair[0][0], pair[1], KIND_OF[pair[0][1]], pair[0][1], pair[0][2])
    )
    return st.lists(flow, max_size=4).map(sorted_flows)


def _fact(about: DatasetName | JobName | RunKey, role: Role, facet: str, saying: Saying) -> Fact:
    return Fact(about, role, facet, saying)


@st.composite
def facts_of_dataset(draw: st.DrawFn, dataset: DatasetName, role: Role) -> tuple[Fact, ...]:
    """What an event says of one of its datasets."""
    found: list[Fact] = []
    if role is not Role.SUBJECT:
        found.append(_fact(dataset, role, "", Touched()))
    if draw(st.booleans()):
        found.append(_fact(dataset, role, "schema", draw(schemas)))
    if role is not Role.INPUT and draw(st.booleans()):
        lineage = ColumnLineage(draw(flows_into(dataset)), draw(st.booleans()))
        found.append(_fact(dataset, role, "columnLineage", lineage))
    others = st.sampled_from(
        (
            _fact(dataset, role, "ownership", Ownership((Owner("team:a"),))),
            _fact(dataset, role, "ownership", Deleted("ownership")),
            _fact(dataset, role, "documentation", Documentation("of a dataset")),
            _fact(dataset, role, "tags", Tags((Tag("pii", "true", "id"),))),
            _fact(dataset, role, "datasetType", DatasetType("TABLE")),
            _fact(dataset, role, "lifecycleStateChange", Lifecycle("DROP")),
            _fact(dataset, role, "lifecycleStateChange", Lifecycle("RENAME", DATASETS[0])),
            _fact(
                dataset,
                role,
                "symlinks",
                Symlinks((Identifier(DatasetName("hive://h:9083", "shop.t"), "TABLE"),)),
            ),
            _fact(dataset, role, "statistics", Statistics(rows=7)),
            _fact(dataset, role, "storage", Verbatim("storage")),
        )
    )
    return (*found, *draw(st.lists(others, max_size=2, unique_by=lambda fact: fact.facet)))


@st.composite
def facts_of_job(draw: st.DrawFn, job: JobName) -> tuple[Fact, ...]:
    """What an event says of its job."""
    sqls = tuple(
        _fact(job, Role.SUBJECT, "sql", Sql(f"select {n}", None, f"f{n}")) for n in (1, 2, 3)
    )
    others = (
        _fact(job, Role.SUBJECT, "jobType", JobType("BATCH", "SPARK", "JOB")),
        _fact(job, Role.SUBJECT, "jobType", JobType("STREAMING", "FLINK", "JOB")),
        _fact(job, Role.SUBJECT, "jobType", JobType("BATCH", "DBT", "TEST")),
        _fact(job, Role.SUBJECT, "jobType", JobType("BATCH", "SPARK", snapshots=True)),
        _fact(job, Role.SUBJECT, "tags", Tags((Tag("headwater.consumer", "dashboard"),))),
        _fact(job, Role.SUBJECT, "dbt_node", DbtNode(DBT_NODE)),
    )
    chosen = st.lists(st.sampled_from(sqls + others), max_size=3, unique_by=lambda fact: fact.facet)
    found = list(draw(chosen))
    if draw(st.integers(0, 4)) == 0:
        target = draw(st.one_of(datasets, jobs))
        flows = draw(flows_into(target)) if isinstance(target, DatasetName) else ()
        saying = ExplicitLineage(target, flows, draw(st.booleans()))
        found.append(_fact(job, Role.SUBJECT, "lineage", saying))
    return tuple(found)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """One report on a run, a job or a dataset."""
    subject: Subject = draw(
        st.one_of(
            st.builds(RunEvent, st.sampled_from(RUNS), st.sampled_from(EventType)),
            st.builds(RunEvent, st.sampled_from(RUNS), st.just(EventType.COMPLETE)),
            jobs,
            datasets,
        )
    )
    facts: list[Fact] = []
    if isinstance(subject, DatasetName):
        facts += draw(facts_of_dataset(subject, Role.SUBJECT))
    else:
        job = subject.run.job if isinstance(subject, RunEvent) else subject
        facts += draw(facts_of_job(job))
        for role in (Role.INPUT, Role.OUTPUT):
            for dataset in draw(st.lists(datasets, max_size=2, unique=True)):
                facts += draw(facts_of_dataset(dataset, role))
    if isinstance(subject, RunEvent):
        facts += _of_run(subject, draw(st.integers(0, 3)))
    time, producer = draw(moments), draw(st.sampled_from(PRODUCERS))
    body = repr((time, producer, subject, facts)).encode()
    return Report(
        hashlib.sha256(body).hexdigest(), time, producer, subject, tuple(facts), notices=()
    )


accepted = st.sampled_from(
    (
        Acknowledge(JOBS[0], "removed orders.id", "moved", date(2026, 6, 1)),
        Acknowledge(JOBS[0], "removed orders.id", "later", date(2026, 7, 1)),
        WithdrawAcknowledgement(JOBS[0], "removed orders.id"),
    )
)
things = st.one_of(datasets, jobs)
reads = st.lists(st.one_of(columns, datasets.map(Whole)), max_size=2).map(tuple)
orders: st.SearchStrategy[Command] = st.one_of(
    st.builds(MarkConsumer, things, st.none() | st.sampled_from(ConsumerSort), st.none() | reads),
    st.builds(SetOwner, things, st.sampled_from((None, (), ("ana",), ("ana", "team:b")))),
    st.builds(SetCriticality, things, st.none() | st.sampled_from(Criticality)),
    accepted,
)


@st.composite
def commands(draw: st.DrawFn) -> Report:
    """What a person commands, through its record."""
    body = write_command(Given(draw(orders), draw(st.sampled_from(("ana", "ben"))), draw(moments)))
    return read_command(record_id(body), body)


@st.composite
def snapshots(draw: st.DrawFn) -> Report:
    """What a connector saw of some datasets, through its record."""
    seen = draw(st.lists(datasets, max_size=2, unique=True))
    relations = tuple(
        Relation(
            dataset,
            draw(st.booleans()),
            draw(st.none() | schemas),
            draw(st.none() | flows_into(dataset)),
        )
        for dataset in seen
    )
    picture = Picture("postgres://db:5432", draw(st.sampled_from(PRODUCERS)), relations)
    body = write_snapshot(picture, draw(moments))
    return read_snapshot(record_id(body), body)


def _of_run(event: RunEvent, choice: int) -> list[Fact]:
    match choice:
        case 0:
            return [_fact(event.run, Role.SUBJECT, "errorMessage", Failure("no such table"))]
        case 1:
            return [_fact(event.run, Role.SUBJECT, "parent", Parent(RUNS[0]))]
        case 2:
            return [
                _fact(event.run, Role.SUBJECT, "spark_properties", Verbatim("spark_properties"))
            ]
        case _:
            return []


histories = st.lists(
    st.one_of(reports(), reports(), reports(), commands(), snapshots()),
    min_size=1,
    max_size=12,
    unique_by=lambda report: report.record_id,
)

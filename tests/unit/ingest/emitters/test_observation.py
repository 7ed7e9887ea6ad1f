"""What is told of the statements of a real engine: which runs, in which state, of which tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from headwater_emitters.events import Job, Json
from headwater_emitters.sqlalchemy.observation import Observation
from sqlalchemy import Engine, ForeignKey, create_engine, insert, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from tests.unit.ingest.emitters.kept import Kept


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer: Mapped[int] = mapped_column(ForeignKey("customers.id"))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path}/shop.db")
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def observation(engine: Engine, kept: Kept) -> Iterator[Observation]:
    observation = Observation(Job("shop", "nightly"), kept, exit_wait=0, again_after=3600)
    observation.listen(engine)
    yield observation
    observation.close()
    assert observation.untold == 0


COPY = text("INSERT INTO customers (id, name) SELECT id, name FROM customers WHERE id < 0")


@pytest.mark.usefixtures("observation")
def test_a_committed_statement_is_complete(engine: Engine, kept: Kept, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.execute(COPY)
        assert kept.states("nightly.insert.customers") == ["START"]
    assert kept.states("nightly.insert.customers") == ["START", "COMPLETE"]
    told = kept.last("nightly.insert.customers")
    [source], [target] = told["inputs"], told["outputs"]
    assert source["namespace"] == f"sqlite://{tmp_path}/shop.db"
    assert source["name"] == target["name"] == "main.customers"
    fields = target["facets"]["schema"]["fields"]
    assert [(field["name"], field["type"]) for field in fields] == [
        ("id", "INTEGER"),
        ("name", "VARCHAR"),
    ]
    assert told["job"]["facets"]["sql"]["query"] == str(COPY)
    assert told["job"]["facets"]["sql"]["dialect"] == "sqlite"


@pytest.mark.usefixtures("observation")
def test_a_statement_that_is_rolled_back_is_not_complete(engine: Engine, kept: Kept) -> None:
    transaction = engine.connect().begin()
    transaction.connection.execute(COPY)
    transaction.rollback()
    transaction.connection.close()
    assert kept.states("nightly.insert.customers") == ["START", "ABORT"]
    with engine.connect() as connection:  # closed without a commit
        connection.execute(COPY)
    assert kept.states("nightly.insert.customers") == ["START", "ABORT"] * 2
    with engine.begin() as connection:
        connection.execute(COPY)
    assert kept.states("nightly.insert.customers")[-2:] == ["START", "COMPLETE"]


@pytest.mark.usefixtures("observation")
def test_a_savepoint_takes_back_what_came_after_it(engine: Engine, kept: Kept) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE customers SET name = 'a'"))
        nested = connection.begin_nested()
        connection.execute(text("UPDATE orders SET customer = 1"))
        nested.rollback()
        with connection.begin_nested():
            connection.execute(text("DELETE FROM orders"))
    assert kept.states("nightly.update.customers") == ["START", "COMPLETE"]
    assert kept.states("nightly.update.orders") == ["START", "ABORT"]
    assert kept.states("nightly.delete.orders") == ["START", "COMPLETE"]


@pytest.mark.usefixtures("observation")
def test_a_read_counts_without_a_commit(engine: Engine, kept: Kept) -> None:
    with engine.connect() as connection:
        connection.execute(select(Customer.name).join(Order)).all()
    assert kept.states("nightly.select.customers_orders") == ["START", "COMPLETE"]


@pytest.mark.usefixtures("observation")
def test_with_autocommit_each_statement_counts_at_once(engine: Engine, kept: Kept) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(COPY)
        assert kept.states("nightly.insert.customers") == ["START", "COMPLETE"]


@pytest.mark.usefixtures("observation")
def test_a_failure_is_told_without_its_words(engine: Engine, kept: Kept) -> None:
    add = text("INSERT INTO customers (id, nope) VALUES (:id, 'hunter2')")
    with pytest.raises(OperationalError), engine.begin() as connection:
        connection.execute(add, {"id": "hunter2"})
    assert kept.states("nightly.insert.customers") == ["START", "FAIL"]
    error = kept.last("nightly.insert.customers")["run"]["facets"]["errorMessage"]
    assert error["message"] == "OperationalError"
    assert "hunter2" not in json.dumps(kept.events)


@pytest.mark.usefixtures("observation")
def test_many_rows_are_one_run(engine: Engine, kept: Kept) -> None:
    """executemany, a loop, a flush of the ORM in batches, another transaction."""
    rows = [{"id": number, "name": "x"} for number in range(2500)]
    with engine.begin() as connection:
        connection.execute(insert(Customer), rows)
        for number in range(3):
            connection.exec_driver_sql(f"UPDATE customers SET name = 'y' WHERE id = {number}")  # noqa: S608
    for _ in range(2):
        with Session(engine) as session:
            session.add_all([Order(customer=1) for _ in range(1500)])
            session.commit()
    assert kept.states("nightly.insert.customers") == ["START", "COMPLETE"]
    assert kept.states("nightly.update.customers") == ["START", "COMPLETE"]
    assert kept.states("nightly.insert.orders") == ["START", "COMPLETE"]
    assert kept.names() == [
        "nightly.insert.customers",
        "nightly.update.customers",
        "nightly.insert.orders",
    ]


def test_after_a_while_a_statement_is_told_of_again(engine: Engine, kept: Kept) -> None:
    with Observation(Job("shop", "nightly"), kept, exit_wait=0, again_after=0) as observation:
        observation.listen(engine)
        for _ in range(2):
            with engine.begin() as connection:
                connection.execute(COPY)
    assert kept.states("nightly.insert.customers") == ["START", "COMPLETE"] * 2


@pytest.mark.usefixtures("observation")
def test_statements_of_the_same_tables_are_numbered_or_named(engine: Engine, kept: Kept) -> None:
    with engine.begin() as connection:
        connection.execute(COPY)
        connection.execute(text("INSERT INTO customers (id, name) VALUES (:a, 'x')"), {"a": 1})
        named = COPY.execution_options(lineage_job="load")
        connection.execute(named)
    assert kept.names() == [
        "nightly.insert.customers",
        "nightly.insert.customers.2",
        "nightly.load",
    ]


@pytest.mark.usefixtures("observation")
def test_a_table_of_the_session_is_the_jobs_own(engine: Engine, kept: Kept) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TEMP TABLE recent AS SELECT id FROM orders"))
        connection.execute(text("INSERT INTO customers (id, name) SELECT id, 'x' FROM recent"))
    [made] = kept.last("nightly.create.recent")["outputs"]
    [read] = kept.last("nightly.insert.customers")["inputs"]
    assert (made["namespace"], made["name"]) == ("inmemory://shop/nightly", "recent")
    assert (read["namespace"], read["name"]) == ("inmemory://shop/nightly", "recent")
    assert [field["name"] for field in made["facets"]["schema"]["fields"]] == ["id"]


@pytest.mark.usefixtures("observation")
def test_a_table_that_was_altered_is_described_anew(engine: Engine, kept: Kept) -> None:
    with engine.begin() as connection:
        connection.execute(COPY)
        connection.execute(text("ALTER TABLE customers ADD COLUMN city TEXT"))
        connection.execute(text("INSERT INTO customers (city) SELECT city FROM customers"))
    fields = kept.last("nightly.insert.customers.2")["outputs"][0]["facets"]["schema"]["fields"]
    assert [field["name"] for field in fields] == ["id", "name", "city"]


@pytest.mark.usefixtures("observation")
def test_the_databases_own_tables_are_not_told_of(engine: Engine, kept: Kept) -> None:
    with engine.connect() as connection:
        connection.execute(text("SELECT * FROM sqlite_master")).all()
        connection.execute(text("SELECT 1")).all()
    assert kept.events == []


def test_runs_are_children_of_one_run_that_ends_with_the_block(
    engine: Engine, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENLINEAGE_PARENT_ID", "air/flow/dag.task/0195d1c0")

    def job() -> None:
        with Observation(
            Job("shop", "nightly"), kept, exit_wait=0, again_after=3600
        ) as observation:
            observation.listen(engine)
            with engine.connect() as connection:
                connection.execute(select(Order.id)).all()
            raise KeyError

    with pytest.raises(KeyError):
        job()
    assert kept.states("nightly") == ["START", "FAIL"]
    outer, inner = kept.last("nightly"), kept.last("nightly.select.orders")
    above = _parent(inner)
    assert above["run"] == {"runId": outer["run"]["runId"]}
    assert above["job"] == {"namespace": "shop", "name": "nightly"}
    assert above["root"]["job"] == {"namespace": "air/flow", "name": "dag.task"}
    assert _parent(outer)["job"] == {"namespace": "air/flow", "name": "dag.task"}


def _parent(event: Json) -> Json:
    return event["run"]["facets"]["parent"]


def test_what_goes_wrong_stays_inside(engine: Engine) -> None:
    class Broken(Kept):
        def put(self, event: object) -> None:
            raise ZeroDivisionError(event)

    observation = Observation(Job("shop", "nightly"), Broken(), exit_wait=0, again_after=3600)
    observation.listen(engine)
    with engine.begin() as connection:
        connection.execute(insert(Customer), [{"id": 1, "name": "x"}])
        assert connection.execute(select(Customer.name)).all() == [("x",)]
    observation.close()
    assert observation.untold > 0

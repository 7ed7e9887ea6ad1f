"""Copies of the source systems' tables in the warehouse, and the nightly tasks that make them."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from ingest.demo.company import platforms
from ingest.demo.company.airflow import dag, task
from ingest.demo.company.sources import booking, operations
from ingest.demo.company.teams import PLATFORM
from ingest.demo.model import (
    Column,
    Dataset,
    DatasetKind,
    Derivation,
    Job,
    Revision,
    Schedule,
    SchemaChange,
    Source,
)

_WAREHOUSE_TYPES = {
    "bigint": "NUMBER(38,0)",
    "integer": "NUMBER(38,0)",
    "smallint": "NUMBER(38,0)",
    "text": "VARCHAR",
    "timestamptz": "TIMESTAMP_TZ",
}
_LOADED_AT = Column("_LOADED_AT", "TIMESTAMP_LTZ", "When this copy was made")


def _replica(source: Dataset, schema: str) -> Dataset:
    table = source.at.name.rsplit(".", 1)[-1]
    return replace(
        source,
        at=platforms.snowflake(schema, table.upper(), database="RAW"),
        kind=DatasetKind.TABLE,
        description=f"Nightly copy of {source.at.name}.",
        owner=PLATFORM,
        columns=(*(_warehouse_column(column) for column in source.columns), _LOADED_AT),
        changes=tuple(
            SchemaChange(change.day, _warehouse_column(change.column)) for change in source.changes
        ),
        criticality=None,
    )


def _warehouse_column(column: Column) -> Column:
    return replace(column, name=column.name.upper(), type=_warehouse_type(column.type))


def _warehouse_type(type_: str) -> str:
    plain = type_.replace("character", "VARCHAR").replace("numeric", "NUMBER")
    return _WAREHOUSE_TYPES.get(type_, plain.upper())


def _replication(dag_name: str, source: Dataset, replica: Dataset) -> Job:
    table = source.at.name.rsplit(".", 1)[-1]
    return task(
        f"{dag_name}.load_{table}",
        f"Copies {source.at.name} to the warehouse, all rows.",
        PLATFORM,
        *(
            _revision(source, replica, day)
            for day in (0, *(change.day for change in source.changes))
        ),
    )


def _revision(source: Dataset, replica: Dataset, day: int) -> Revision:
    names = [column.name for column in source.columns_on(day)]
    _, schema, table = source.at.name.split(".")
    return Revision(
        since=day,
        inputs=(source,),
        output=replica,
        derivations=tuple(
            Derivation(name.upper(), "IDENTITY", (Source(source, name),)) for name in names
        ),
        sql=f"SELECT {', '.join(names)}\nFROM {schema}.{table}",
    )


BOOKINGS = _replica(booking.BOOKINGS, "BOOKING")
PASSENGERS = _replica(booking.PASSENGERS, "BOOKING")
SEGMENTS = _replica(booking.SEGMENTS, "BOOKING")
PAYMENTS = _replica(booking.PAYMENTS, "BOOKING")
CUSTOMERS = _replica(booking.CUSTOMERS, "BOOKING")
REFUNDS = _replica(booking.REFUNDS, "BOOKING")
FLIGHTS = _replica(operations.FLIGHTS, "OPS")
CREW_ASSIGNMENTS = _replica(operations.CREW_ASSIGNMENTS, "OPS")

BOOKING_REPLICATION = dag(
    "booking_replication",
    "Copies the booking system to the warehouse every night.",
    PLATFORM,
    (
        _replication("booking_replication", booking.BOOKINGS, BOOKINGS),
        _replication("booking_replication", booking.PASSENGERS, PASSENGERS),
        _replication("booking_replication", booking.SEGMENTS, SEGMENTS),
        _replication("booking_replication", booking.PAYMENTS, PAYMENTS),
        _replication("booking_replication", booking.CUSTOMERS, CUSTOMERS),
        _replication("booking_replication", booking.REFUNDS, REFUNDS),
    ),
    criticality="high",
)

OPS_REPLICATION = dag(
    "ops_replication",
    "Copies flights and duties to the warehouse every night.",
    PLATFORM,
    (
        _replication("ops_replication", operations.FLIGHTS, FLIGHTS),
        _replication("ops_replication", operations.CREW_ASSIGNMENTS, CREW_ASSIGNMENTS),
    ),
)

DATASETS = (
    BOOKINGS,
    PASSENGERS,
    SEGMENTS,
    PAYMENTS,
    CUSTOMERS,
    REFUNDS,
    FLIGHTS,
    CREW_ASSIGNMENTS,
)
SCHEDULES = (
    Schedule(BOOKING_REPLICATION, time(1, 0)),
    Schedule(OPS_REPLICATION, time(1, 10)),
)

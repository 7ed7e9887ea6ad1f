"""Finance: the revenue ledger and its reconciliation, SQL on Airflow."""

from __future__ import annotations

from datetime import time

from ingest.demo.company import platforms
from ingest.demo.company.airflow import dag, task
from ingest.demo.company.statements import statement
from ingest.demo.company.teams import FINANCE
from ingest.demo.company.warehouse.replication import PAYMENTS
from ingest.demo.company.warehouse.revenue import FCT_BOOKINGS
from ingest.demo.model import Dataset, DatasetKind, Revision, Schedule
from ingest.demo.notation import columns, derivations

WORKING_DAYS = frozenset(range(5))

LEDGER = Dataset(
    platforms.snowflake("FINANCE", "REVENUE_LEDGER"),
    DatasetKind.TABLE,
    "Revenue by day and channel, as posted. Auditors read this.",
    FINANCE,
    columns("""
        POSTING_DATE  DATE           Day of the booking
        CHANNEL       VARCHAR        Sales channel
        GROSS_EUR     NUMBER(38,10)  Captured payments
        REFUNDED_EUR  NUMBER(38,10)  Given back
        NET_EUR       NUMBER(38,10)  Gross less refunds
        BOOKINGS      NUMBER(18,0)   Bookings posted
    """),
    criticality="critical",
)

RECONCILIATION = Dataset(
    platforms.snowflake("FINANCE", "PAYMENT_RECONCILIATION"),
    DatasetKind.TABLE,
    "The ledger against what the payment provider captured.",
    FINANCE,
    columns("""
        POSTING_DATE  DATE           Day compared
        CHANNEL       VARCHAR        Sales channel
        GROSS_EUR     NUMBER(38,10)  As posted
        CAPTURED      NUMBER(38,2)   As captured
        PAYMENTS      NUMBER(18,0)   Payments of the day
    """),
)

FINANCE_DAG = dag(
    "finance_close",
    "Posts the revenue of yesterday and compares it with the payments.",
    FINANCE,
    (
        task(
            "finance_close.post_revenue",
            "Posts the revenue of yesterday.",
            FINANCE,
            Revision(
                inputs=(FCT_BOOKINGS,),
                output=LEDGER,
                derivations=derivations(
                    """
                        POSTING_DATE  IDENTITY     f.BOOKED_DATE
                        CHANNEL       IDENTITY     f.CHANNEL
                        GROSS_EUR     AGGREGATION  f.GROSS_EUR
                        REFUNDED_EUR  AGGREGATION  f.REFUNDED_EUR
                        NET_EUR       AGGREGATION  f.NET_EUR
                        BOOKINGS      AGGREGATION  f.BOOKING_ID
                        *             FILTER       f.BOOKED_DATE
                        *             GROUP_BY     f.BOOKED_DATE f.CHANNEL
                    """,
                    f=FCT_BOOKINGS,
                ),
                sql=statement("pipelines", "revenue_ledger"),
            ),
        ),
    ),
    (
        task(
            "finance_close.reconcile_payments",
            "Compares the ledger with the payments; its template is sent as it is written.",
            FINANCE,
            Revision(
                inputs=(LEDGER, PAYMENTS),
                output=RECONCILIATION,
                sql=statement("pipelines", "payment_reconciliation"),
            ),
        ),
    ),
    criticality="high",
)

DATASETS = (LEDGER, RECONCILIATION)
SCHEDULES = (Schedule(FINANCE_DAG, time(5, 0), WORKING_DAYS),)

"""Marketing: audiences in BigQuery from customer value and web visits, exported to a partner."""

from __future__ import annotations

from datetime import time

from ingest.demo.company import platforms
from ingest.demo.company.airflow import dag, launch, task
from ingest.demo.company.sources.booking import WEB_SESSIONS
from ingest.demo.company.spark import action, application
from ingest.demo.company.statements import statement
from ingest.demo.company.teams import MARKETING
from ingest.demo.company.warehouse.customers import CUSTOMER_LTV, CUSTOMER_VALUE, RENAMED_ON
from ingest.demo.model import Dataset, DatasetKind, Derivation, Revision, Schedule, Source
from ingest.demo.notation import columns, copies, derivations

VALUE_COPY = Dataset(
    platforms.bigquery("crm", "customer_value"),
    DatasetKind.TABLE,
    "Copy of the warehouse's customer value.",
    MARKETING,
    columns("""
        customer_id         INT64    Key of the customer
        email_hash          STRING   SHA-256 of the address
        country             STRING   Country of residence
        lifetime_value_eur  NUMERIC  Net revenue so far
        value_decile        INT64    1 is the most valuable tenth
    """),
)

AUDIENCES = Dataset(
    platforms.bigquery("crm", "audiences"),
    DatasetKind.TABLE,
    "Which customer is in which audience.",
    MARKETING,
    columns("""
        customer_id    INT64      Key of the customer
        email_hash     STRING     SHA-256 of the address
        audience       STRING     top, engaged or broad
        visits         INT64      Visits of the web shop
        last_visit_at  TIMESTAMP  Latest visit
    """),
)

PARTNER_EXPORT = Dataset(
    platforms.bucket("meridian-partner-exchange", "outbound/audiences.csv"),
    DatasetKind.FILE,
    "Audiences handed to the advertising partner.",
    MARKETING,
    columns("""
        email_hash  string  SHA-256 of the address
        audience    string  top, engaged or broad
    """),
    file_format="csv",
    consumer="export",
    criticality="high",
)


def _copy_of(table: Dataset, since: int) -> Revision:
    return Revision(
        since=since,
        inputs=(table,),
        output=VALUE_COPY,
        derivations=tuple(
            Derivation(column.name, "IDENTITY", (Source(table, column.name.upper()),))
            for column in VALUE_COPY.columns
        ),
    )


COPY_VALUE = action(
    "customer_value_to_crm.save_into_data_source_command.crm_customer_value",
    "Copies customer value to BigQuery.",
    MARKETING,
    _copy_of(CUSTOMER_LTV, 0),
    _copy_of(CUSTOMER_VALUE, RENAMED_ON),
)

CRM_DAG = dag(
    "crm_audiences",
    "Builds audiences and hands them to the advertising partner.",
    MARKETING,
    (
        launch(
            "crm_audiences.load_customer_value",
            application("customer_value_to_crm", "Copy of customer value.", MARKETING, COPY_VALUE),
        ),
    ),
    (
        task(
            "crm_audiences.build_audiences",
            "Sorts customers into audiences.",
            MARKETING,
            Revision(
                inputs=(VALUE_COPY, WEB_SESSIONS),
                output=AUDIENCES,
                derivations=(
                    *copies("customer_id email_hash", VALUE_COPY),
                    *derivations(
                        """
                            audience       CONDITIONAL  v.value_decile s.session_id
                            visits         AGGREGATION  s.session_id
                            last_visit_at  AGGREGATION  s.started_at
                            *              JOIN         v.customer_id s.customer_id
                            *              GROUP_BY     s.customer_id
                        """,
                        v=VALUE_COPY,
                        s=WEB_SESSIONS,
                    ),
                ),
                sql=statement("pipelines", "build_audiences"),
            ),
        ),
    ),
    (
        task(
            "crm_audiences.export_audiences",
            "Writes the partner's file.",
            MARKETING,
            Revision(
                inputs=(AUDIENCES,),
                output=PARTNER_EXPORT,
                derivations=copies("email_hash audience", AUDIENCES),
            ),
        ),
    ),
)

DATASETS = (VALUE_COPY, AUDIENCES, PARTNER_EXPORT)
SCHEDULES = (Schedule(CRM_DAG, time(6, 0), weekdays=frozenset({0, 3})),)

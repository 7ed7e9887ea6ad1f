"""Where things are: the company's systems, and the names of what lies in them.

Names follow OpenLineage's naming rules, by the client's own classes where they can be told by
a column of names alone.
"""

from __future__ import annotations

from openlineage.client.naming.dataset import (
    S3,
    AWSGlue,
    BigQuery,
    Kafka,
    LocalFileSystem,
    Postgres,
    Snowflake,
)

from ingest.demo.model import Name

AIRFLOW = "airflow://airflow.meridian-air.example"
SPARK = "spark://emr.meridian-air.example"
DBT = "dbt://meridian-analytics"
HAMILTON = "hamilton://ml.meridian-air.example"
BURR = "burr://assistant.meridian-air.example"
TABLEAU = "tableau://bi.meridian-air.example"
METABASE = "metabase://ops-bi.meridian-air.example"
NOTEBOOKS = "jupyter://notebooks.meridian-air.example"

GLUE_REGION = "eu-west-1"
GLUE_ACCOUNT = "415263748596"
LAKE = "meridian-lake"


def booking_db(table: str) -> Name:
    """Name a table of the booking system's PostgreSQL."""
    return _postgres("booking-db.meridian-air.example", "booking", "public", table)


def ops_db(table: str) -> Name:
    """Name a table of the operations system's PostgreSQL."""
    return _postgres("ops-db.meridian-air.example", "ops", "public", table)


def service_db(schema: str, table: str) -> Name:
    """Name a table of customer service's PostgreSQL."""
    return _postgres("service-db.meridian-air.example", "service", schema, table)


def vector_db(table: str) -> Name:
    """Name a table of the assistant's PostgreSQL with vectors."""
    return _postgres("vector-db.meridian-air.example", "assistant", "public", table)


def topic(name: str) -> Name:
    """Name a Kafka topic."""
    it = Kafka(bootstrap_server_host="kafka.meridian-air.example", port="9092", topic=name)
    return Name(it.get_namespace(), it.get_name())


def bucket(name: str, key: str) -> Name:
    """Name a location in S3."""
    it = S3(bucket_name=name, object_key=key)
    return Name(it.get_namespace(), it.get_name())


def glue(database: str, table: str) -> Name:
    """Name a table of the Glue metastore."""
    it = AWSGlue(
        region_name=GLUE_REGION,
        account_id=GLUE_ACCOUNT,
        database_name=database,
        table_name=table,
    )
    return Name(it.get_namespace(), it.get_name())


def snowflake(schema: str, table: str, database: str = "ANALYTICS") -> Name:
    """Name a table of the Snowflake warehouse."""
    it = Snowflake(
        organization_name="meridian",
        account_name="prod",
        database=database,
        schema=schema,
        table=table,
    )
    return Name(it.get_namespace(), it.get_name())


def bigquery(dataset: str, table: str) -> Name:
    """Name a table of marketing's BigQuery project."""
    it = BigQuery(project_id="meridian-marketing", dataset_name=dataset, table_name=table)
    return Name(it.get_namespace(), it.get_name())


def local_file(path: str) -> Name:
    """Name a file on the feed server."""
    it = LocalFileSystem(path=path)
    return Name(it.get_namespace(), it.get_name())


def _postgres(host: str, database: str, schema: str, table: str) -> Name:
    it = Postgres(host=host, port="5432", database=database, schema=schema, table=table)
    return Name(it.get_namespace(), it.get_name())

"""How each tool tells about its runs, as OpenLineage events."""

from __future__ import annotations

from openlineage.client.event_v2 import RunEvent

from ingest.demo.history.execution import Moment
from ingest.demo.model import Tool
from ingest.demo.producers import airflow, bi, burr, dbt, hamilton, spark


def tell(moment: Moment) -> RunEvent:
    """Give the event that a run's producer sends at a moment."""
    match moment.execution.job.tool:
        case Tool.AIRFLOW:
            return airflow.tell(moment)
        case Tool.DBT:
            return dbt.tell(moment)
        case Tool.SPARK:
            return spark.tell(moment)
        case Tool.HAMILTON:
            return hamilton.tell(moment)
        case Tool.BURR:
            return burr.tell(moment)
        case Tool.BI:
            return bi.tell(moment)

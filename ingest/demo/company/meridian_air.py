"""Meridian Air, an airline that does not exist: its systems, tables, pipelines and readers."""

from __future__ import annotations

from ingest.demo.company import assistant, dashboards, finance, lake, marketing, science
from ingest.demo.company.sources import booking, operations, service
from ingest.demo.company.warehouse import feeds, project, replication
from ingest.demo.model import Company

MERIDIAN_AIR = Company(
    datasets=(
        *booking.DATASETS,
        *operations.DATASETS,
        *service.DATASETS,
        *feeds.DATASETS,
        *replication.DATASETS,
        *lake.DATASETS,
        *project.DATASETS,
        *finance.DATASETS,
        *marketing.DATASETS,
        *science.DATASETS,
        *assistant.DATASETS,
    ),
    schedules=(
        *replication.SCHEDULES,
        *feeds.SCHEDULES,
        *lake.SCHEDULES,
        *project.SCHEDULES,
        *finance.SCHEDULES,
        *marketing.SCHEDULES,
        *science.SCHEDULES,
        *assistant.SCHEDULES,
        *dashboards.SCHEDULES,
    ),
    streams=lake.STREAMS,
    assistant=assistant.CHATBOT,
)

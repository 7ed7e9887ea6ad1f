"""A month in the life of an airline, as OpenLineage events: what `headwater demo` shows.

Pure: the same `end` gives the same events. Built with openlineage-python, as a producer would,
and knowing nothing of the catalog that reads it.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TypeAlias

from openlineage.client.event_v2 import DatasetEvent, JobEvent, RunEvent
from openlineage.client.serde import Serde

from ingest.demo.company.meridian_air import MERIDIAN_AIR
from ingest.demo.history.calendar import first_day, moments
from ingest.demo.model import Dataset
from ingest.demo.producers import burr, metadata
from ingest.demo.producers.telling import tell

Event: TypeAlias = RunEvent | JobEvent | DatasetEvent

_COLLECTED_AFTER = timedelta(minutes=10)
_DEPLOYED_AFTER = timedelta(minutes=15)


def events(end: datetime) -> Iterator[Event]:
    """Give the events of the thirty days up to `end` (aware), in order of event time."""
    return heapq.merge(
        _declarations(end),
        (tell(moment) for moment in moments(MERIDIAN_AIR, end)),
        key=lambda event: event.eventTime,
    )


def as_json(event: Event) -> str:
    """Give an event as the client's transports send it."""
    return Serde.to_json(event)


def _declarations(end: datetime) -> Iterator[Event]:
    """Give what is told outside of runs: the sources' catalogs, the assistant's graph."""
    first = first_day(end)
    at = first + _COLLECTED_AFTER
    declared: list[Event] = [metadata.describe(it, 0, at) for it in _sources()]
    declared += [
        burr.declare(job, first + _DEPLOYED_AFTER) for job in MERIDIAN_AIR.assistant.tree()
    ]
    declared += [
        metadata.describe(dataset, change.day, at + timedelta(days=change.day))
        for dataset in _sources()
        for change in dataset.changes
    ]
    return iter(sorted(declared, key=lambda event: event.eventTime))


def _sources() -> list[Dataset]:
    made = {code.output.at for job in MERIDIAN_AIR.jobs() for code in job.revisions if code.output}
    return [dataset for dataset in MERIDIAN_AIR.datasets if dataset.at not in made]

"""What an event says of itself: when, by whom, of which point in a run's life."""

from __future__ import annotations

import re
from datetime import datetime

from ingest.facts import BY_COMMAND, EventType
from ingest.openlineage.envelope import Event
from ingest.openlineage.found import Found
from ingest.openlineage.moment import ODDITIES, moment
from ingest.openlineage.producers import producer_name
from ingest.openlineage.unreadable import Unreadable
from ingest.openlineage.wire import envelope as wire
from ingest.openlineage.wire.parts import NOTHING


def time_of(event: Event, found: Found) -> datetime:
    """Read the event time.

    Raises:
        Unreadable: without a time an event has no place among the others.
    """
    try:
        time, oddity = moment(event.event_time)
    except ValueError as error:
        raise Unreadable("no_event_time", "/eventTime", "eventTime is no ISO 8601 time") from error
    if oddity is not None:
        found.odd(oddity, "/eventTime", ODDITIES[oddity])
    return time


def producer_of(event: Event, found: Found) -> str:
    """Read the name of the producer."""
    if event.schema_url is NOTHING:
        found.odd("no_schema_url", "/schemaURL", "schemaURL is missing")
    if not _URI.match(event.producer):
        found.odd("producer_no_uri", "/producer", "The producer is not named by a URI")
    name = producer_name(event.producer)
    if name == BY_COMMAND:
        found.odd("producer_reserved", "/producer", "No event speaks for people; read as nobody's")
        return ""
    return name


def type_of(event: wire.RunEvent, found: Found) -> EventType:
    """Read the type; a missing or unknown one says nothing of the run's state."""
    told = _EVENT_TYPES.get(event.event_type)
    if told is None:
        message = f"{event.event_type!r} is no type of event, read as OTHER"
        found.odd("unknown_event_type", "/eventType", message)
        return EventType.OTHER
    return told


def run_id_of(event: wire.RunEvent, found: Found) -> str:
    """Read the id of the run."""
    if not _UUID.match(event.run.run_id):
        found.odd("run_id_no_uuid", "/run/runId", "The id of the run is no UUID")
    return event.run.run_id


_EVENT_TYPES = {told.value: told for told in EventType}
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+\Z")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z")

"""The door: one decoded record in, one report out."""

from __future__ import annotations

from collections.abc import Collection

from ingest.facts import Report, Role, RunEvent
from ingest.names import JobName, RunKey
from ingest.openlineage.datasets import (
    Mention,
    mentions_of,
    nested_in,
    read_mentions,
    read_subject,
)
from ingest.openlineage.envelope import opened
from ingest.openlineage.facets.reading import JobPlace, read_facet, read_lasting_facet
from ingest.openlineage.facets.tables import JOB, RENAMED, RUN
from ingest.openlineage.found import Found
from ingest.openlineage.header import producer_of, run_id_of, time_of, type_of
from ingest.openlineage.naming import sql_dialect
from ingest.openlineage.producers import whole_schemas
from ingest.openlineage.text import readable
from ingest.openlineage.wire import envelope as wire


def read(record_id: str, value: object, text: bytes | None = None) -> Report:
    """Read an OpenLineage event, as `decode` and `redact` left it, into facts.

    What is odd but usable is read as well as it can be and gives a notice. `text` is what `encode`
    gives of the value, for those who have it; then the value's outermost parts are enough.

    Raises:
        Unreadable: it can never be stored: no event, no name, no time.
    """
    content, odd_text = readable(value, text)
    event, oddities = opened(value, content)
    found = Found(notices=[*odd_text, *oddities])
    time = time_of(event, found)
    producer = producer_of(event, found)
    full = whole_schemas(producer)
    match event:
        case wire.RunEvent():
            subject = _read_run(event, found, full=full)
        case wire.JobEvent():
            subject = _read_job(event, mentions_of(event), found, full=())
        case wire.DatasetEvent():
            subject = read_subject(event, found, full=Role.SUBJECT in full)
    return Report(record_id, time, producer, subject, tuple(found.facts), tuple(found.notices))


def _read_run(event: wire.RunEvent, found: Found, *, full: Collection[Role]) -> RunEvent:
    job = _read_job(event, mentions_of(event), found, full=full)
    run = RunKey(run_id_of(event, found), job)
    for told, content in event.run.facets.items():
        key = RENAMED.get(told, told)
        found.add(run, Role.SUBJECT, key, read_facet(RUN, key, bytes(content)), "/run/facets")
    return RunEvent(run, type_of(event, found))


def _read_job(
    event: wire.RunEvent | wire.JobEvent,
    mentions: list[Mention],
    found: Found,
    *,
    full: Collection[Role],
) -> JobName:
    job = JobName(event.job.namespace, event.job.name)
    nested = nested_in(mentions)
    place = JobPlace(job, _dialect(mentions), nested)
    for key, content in event.job.facets.items():
        reading = read_lasting_facet(JOB, key, bytes(content), place)
        found.add(job, Role.SUBJECT, key, reading, "/job/facets")
    read_mentions(mentions, nested, found, full=full)
    return job


def _dialect(mentions: list[Mention]) -> str | None:
    return sql_dialect({mention.name.namespace for mention in mentions})

"""The outside of an event: which kind it is, and its parts, with the facets still unread."""

from __future__ import annotations

from typing import TypeAlias, TypeVar, cast

import msgspec

from ingest.facts import Notice
from ingest.openlineage.lenient import Unfit, fitted
from ingest.openlineage.unreadable import Unreadable
from ingest.openlineage.wire import envelope as wire

Event: TypeAlias = wire.RunEvent | wire.JobEvent | wire.DatasetEvent

T = TypeVar("T", bound=Event)


def opened(value: object, content: bytes) -> tuple[Event, list[Notice]]:
    """Open an event; `content` is its value as JSON. The kind is told by its shape alone.

    Raises:
        Unreadable: no event, or one without what names its run, its job or its dataset.
    """
    if not isinstance(value, dict):
        raise Unreadable("not_an_event", "", "An event is a JSON object")
    parts = {key for key, part in cast("dict[str, object]", value).items() if part is not None}
    if "run" in parts:
        return _opened(_RUN, wire.RunEvent, content)
    if "job" in parts and "dataset" in parts:
        message = "An event without a run is of a job or of a dataset, not of both"
        raise Unreadable("job_and_dataset", "", message)
    if "job" in parts:
        return _opened(_JOB, wire.JobEvent, content)
    if "dataset" in parts:
        return _opened(_DATASET, wire.DatasetEvent, content)
    raise Unreadable("not_an_event", "", "There is neither a run nor a job nor a dataset")


_RUN = msgspec.json.Decoder(wire.RunEvent)
_JOB = msgspec.json.Decoder(wire.JobEvent)
_DATASET = msgspec.json.Decoder(wire.DatasetEvent)


def _opened(
    decoder: msgspec.json.Decoder[T], kind: type[T], content: bytes
) -> tuple[T, list[Notice]]:
    try:
        event = decoder.decode(content)
    except msgspec.ValidationError:
        pass
    else:
        if not _has_holes(event):
            return event, []
    try:
        return fitted(msgspec.json.decode(content), kind, drops_parts=True)
    except Unfit as unfit:
        notice = unfit.notice
        raise Unreadable(notice.code, notice.path, notice.message) from unfit


def _has_holes(event: Event) -> bool:
    if isinstance(event, wire.DatasetEvent):
        return False
    return None in event.inputs or None in event.outputs

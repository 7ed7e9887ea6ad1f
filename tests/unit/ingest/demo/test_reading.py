"""What the demo's producers send is read whole: nothing is odd about it."""

from __future__ import annotations

from datetime import UTC, datetime

from ingest.demo import as_json, events
from ingest.openlineage import decode, read, redact


def test_no_event_of_the_demo_gives_a_notice() -> None:
    bodies = (as_json(event).encode() for event in events(datetime(2026, 3, 31, 10, tzinfo=UTC)))

    notices = [notice for body in bodies for notice in read("", redact(decode(body))).notices]

    assert notices == []

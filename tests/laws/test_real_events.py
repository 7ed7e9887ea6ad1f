"""How a real producer spells a record does not change what it says."""

from __future__ import annotations

import json

from ingest.openlineage import Unreadable, encode, read
from tests.golden.events import golden_events


def test_what_was_read_at_arrival_is_what_is_read_from_the_log() -> None:
    """The log sorts the keys."""
    for event in golden_events():
        try:
            as_sent = read("id", event)
        except Unreadable:
            continue
        from_log = read("id", json.loads(encode(event)))
        assert set(as_sent.facts) == set(from_log.facts)

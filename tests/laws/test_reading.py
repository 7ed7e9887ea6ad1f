"""Whatever comes in is read or refused; nothing else happens, and it happens the same each time."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.histories.events import EVENTS

from ingest.openlineage import Unreadable, decode, read, redact
from tests.events import JsonObject, golden, turned

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(ANYTHING)
def test_a_value_that_is_no_event_is_refused(value: object) -> None:
    with pytest.raises(Unreadable):
        read("id", redact(value))


@given(EVENTS)
def test_an_event_in_whatever_state_is_read_or_refused(event: JsonObject) -> None:
    try:
        report = read("id", redact(event))
    except Unreadable:
        return

    assert report == read("id", redact(turned(event)))
    assert {fact.facet for fact in report.facts} != None


@pytest.mark.parametrize("event", golden())
def test_events_of_real_producers_are_read(event: JsonObject) -> None:
    decoded = decode(json.dumps(event).encode())

    assert read("id", redact(decoded)).subject

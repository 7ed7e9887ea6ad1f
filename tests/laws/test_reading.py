"""Whatever comes in is read or refused, the same each time; and nothing is dropped silently."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.facts import Report
from ingest.openlineage import Disposition, Unreadable, account, decode, read, redact
from ingest.openlineage.lenient import pointer
from ingest.openlineage.text import readable
from tests.events import JsonObject, turned
from tests.golden.events import FILES, golden_events
from tests.histories.events import EVENTS, damaged_events

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(ANYTHING)
def test_a_value_that_is_no_event_is_refused(value: object) -> None:
    with pytest.raises(Unreadable):
        read("id", redact(value))


@given(EVENTS)
def test_what_has_all_that_is_needed_is_read(event: JsonObject) -> None:
    assert read("id", redact(event)).record_id == "id"


@given(damaged_events())
def test_a_damaged_event_is_read_or_refused_whatever_the_order_of_its_keys(
    event: JsonObject,
) -> None:
    assert _outcome(redact(event)) == _outcome(redact(turned(event)))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_events_of_real_producers_are_read(file: Path) -> None:
    for event in golden_events([file]):
        body = json.dumps(event).encode()

        assert read("id", redact(decode(body))).subject
        assert decode(body) == event


# --- nothing is dropped silently ------------------------------------------------------------


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_leaf_of_a_real_event_is_accounted_for(file: Path) -> None:
    for event in golden_events([file]):
        assert sorted(leaf.path for leaf in account(event)) == sorted(_leaves(event))


@given(EVENTS | damaged_events())
def test_every_leaf_is_accounted_for(event: JsonObject) -> None:
    legible = cast("JsonObject", _legible(event))
    if isinstance(_outcome(legible), Report):
        assert sorted(leaf.path for leaf in account(legible)) == sorted(_leaves(legible))


@given(st.sampled_from(golden_events()) | EVENTS, st.data())
def test_what_is_called_a_fact_is_one(event: JsonObject, data: st.DataObject) -> None:
    """Whoever changes such a leaf changes the report, if only to a refusal."""
    legible = _legible(event)
    facts = [leaf for leaf in account(legible) if leaf.disposition is Disposition.FACT]
    leaf = data.draw(st.sampled_from(facts))

    changed = [
        _changed(legible, leaf.path, by) for by in ("COMPLETE_SNAPSHOT", "fresh", 7, True, False)
    ]

    assert any(_outcome(other) != _outcome(legible) for other in changed)


@given(EVENTS | damaged_events())
def test_what_is_noticed_is_in_the_notices(event: JsonObject) -> None:
    legible = _legible(event)
    outcome = _outcome(legible)
    if isinstance(outcome, Report):
        codes = {notice.code for notice in outcome.notices}
        noticed = [leaf for leaf in account(legible) if leaf.disposition is Disposition.NOTICED]
        assert {leaf.reason for leaf in noticed} <= codes


def _outcome(event: object) -> Report | tuple[str, str]:
    try:
        return read("id", event)
    except Unreadable as refusal:
        return refusal.code, refusal.path


def _leaves(value: object, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in cast("JsonObject", value).items():
            yield from _leaves(part, pointer(path, key))
    elif isinstance(value, list):
        for i, item in enumerate(cast("list[object]", value)):
            yield from _leaves(item, pointer(path, i))
    else:
        yield path


def _changed(event: object, path: str, by: object) -> object:
    changed: object = copy.deepcopy(event)
    *steps, last = (step.replace("~1", "/").replace("~0", "~") for step in path.split("/")[1:])
    holder = changed
    for step in steps:
        holder = _part(holder, step)
    if isinstance(holder, list):
        holder[int(last)] = by
    elif isinstance(holder, dict):
        holder[last] = by
    return changed


def _part(holder: object, step: str) -> object:
    if isinstance(holder, list):
        return cast("list[object]", holder)[int(step)]
    return cast("JsonObject", holder)[step]


def _legible(event: object) -> object:
    """The event with lone surrogates written out, as `read` has it."""
    content, _ = readable(event, None)
    return json.loads(content)


@pytest.mark.parametrize("inner", ['"postgres://u:p@h"', '"\\ud800"', "1", "NaN"])
def test_the_deepest_event_is_read_from_a_deep_stack(inner: str) -> None:
    fields = '{"name": "a", "fields": [' * 60 + '{"name": "b"}' + "]}" * 60
    schema = f'{{"fields": [{fields}]}}'
    deep = "[" * 120 + inner + "]" * 120
    facets = f'{{"schema": {schema}, "x": {deep}}}'
    body = (
        '{"eventTime": "2026-01-01T00:00:00Z", "dataset":'
        f' {{"namespace": "a", "name": "b", "facets": {facets}}}}}'
    ).encode()

    def outcome(frames: int) -> Report | tuple[str, str]:
        if frames:
            return outcome(frames - 1)
        try:
            value = redact(decode(body))
            assert len(account(value)) > 60
            return read("id", value)
        except Unreadable as refusal:
            return refusal.code, refusal.path

    deepest = outcome(300)

    assert deepest == outcome(0)
    assert isinstance(deepest, Report) == (inner != "NaN")

"""The stored form of values: what is encoded decodes to an equal value, equally encoded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.model.claim import Claim
from catalog.stores.codec import (
    claim_from_json,
    claim_to_json,
    dump,
    end_from_json,
    end_to_json,
    fold_from_json,
    fold_to_json,
    load,
    said_from_json,
    said_to_json,
    saying_from_json,
    saying_to_json,
    stamp_from_json,
    stamp_to_json,
    thing_from_json,
    thing_to_json,
)
from catalog.stores.sqlite.fold_rows import decode_folds, encode_fold
from catalog.stores.sqlite.times import moment, ticks
from ingest.facts import EventType, Role, Saying, Stamp
from ingest.flows import Rows, Whole
from ingest.folds import RunFold, Said, Slot
from ingest.names import ColumnName, DatasetName, JobName, RunKey

texts = st.text(max_size=5)
"""Any text that a store is given; lone surrogates are written out when a record is read."""

moments = st.datetimes(timezones=st.just(UTC))
stamps = st.builds(Stamp, moments, st.integers(0, 2), texts)
datasets = st.builds(DatasetName, texts, texts)
jobs = st.builds(JobName, texts, texts)
runs = st.builds(RunKey, texts, jobs)
columns = st.builds(ColumnName, datasets, st.lists(texts, min_size=1, max_size=3).map(tuple))
things = st.one_of(datasets, jobs, runs)
ends = st.one_of(columns, st.builds(Rows, datasets), st.builds(Whole, datasets), jobs)
st.register_type_strategy(datetime, moments)
st.register_type_strategy(str, texts)
st.register_type_strategy(ColumnName, columns)
sayings = st.one_of(*(st.from_type(kind) for kind in get_args(Saying)))
said = st.builds(Said, stamps, texts, sayings)
by_type = st.dictionaries(st.sampled_from(EventType), stamps, max_size=3)
slots = st.builds(Slot, things, st.sampled_from(Role), texts)
folds = st.builds(
    RunFold,
    runs,
    by_type,
    by_type,
    st.lists(stamps, max_size=2).map(tuple),
    st.dictionaries(slots, said, max_size=4),
)

CODECS: tuple[tuple[Any, Callable[[Any], Any], Callable[[Any], Any]], ...] = (
    (ends, end_to_json, end_from_json),
    (things, thing_to_json, thing_from_json),
    (stamps, stamp_to_json, stamp_from_json),
    (sayings, saying_to_json, saying_from_json),
    (said, said_to_json, said_from_json),
    (folds, fold_to_json, fold_from_json),
    (st.from_type(Claim), claim_to_json, claim_from_json),
)


@pytest.mark.parametrize("codec", CODECS, ids=lambda codec: codec[1].__name__)
def test_values_come_back_as_they_were(
    codec: tuple[Any, Callable[[Any], Any], Callable[[Any], Any]],
) -> None:
    values, encode, decode = codec

    @settings(max_examples=200, deadline=None)
    @given(values)
    def check(value: object) -> None:
        stored = dump(encode(value))
        again = decode(load(stored))
        assert again == value
        assert dump(encode(again)) == stored

    check()


@given(st.lists(folds, max_size=2))
def test_folds_come_back_from_their_rows(written: list[RunFold]) -> None:
    """With names by id and large sayings by reference."""
    names: dict[Any, int] = {}
    contents: dict[int, Saying] = {}

    def name(thing: object) -> int:
        return names.setdefault(thing, len(names) + 1)

    def store(saying: Saying) -> int:
        contents[len(contents)] = saying
        return len(contents) - 1

    bodies = [(fold.run, encode_fold(fold, name, store)) for fold in written]
    by_id = {number: thing for thing, number in names.items()}
    assert list(decode_folds(bodies, lambda _: by_id, lambda _: contents)) == written


@given(moments)
def test_times_are_exact(time: datetime) -> None:
    assert moment(ticks(time)) == time

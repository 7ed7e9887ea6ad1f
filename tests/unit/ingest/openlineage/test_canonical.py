"""The canonical text of an event is the same, whether it is put together from parts or not."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.openlineage import Unreadable, canonical, decode, encode
from tests.bench.wide_events import run_bodies

JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
FACETS = st.dictionaries(st.sampled_from(["schema", "sql", "\u00fc", "x"]), JSON) | JSON
THING = (
    st.fixed_dictionaries(
        {"name": JSON},
        optional={"facets": FACETS, "inputFacets": FACETS, "outputFacets": FACETS, "more": JSON},
    )
    | JSON
)
EVENT = st.fixed_dictionaries(
    {},
    optional={
        "eventTime": JSON,
        "run": THING,
        "job": THING,
        "dataset": THING,
        "inputs": st.lists(THING, max_size=3) | JSON,
        "outputs": st.lists(THING, max_size=3) | JSON,
        "\ud800": JSON,
    },
)


@given(EVENT | JSON, st.booleans(), st.sampled_from([None, 1]))
@example({"job": {"facets": {"a": {"b": 1e16}, "\x7f": ["\ud800"]}}}, True, None)
def test_the_parts_make_the_same_text(value: object, ascii: bool, indent: int | None) -> None:
    body = json.dumps(value, ensure_ascii=ascii, indent=indent).encode("utf-8", "surrogatepass")
    whole = decode(body)
    for _ in "twice":  # the second time facets are remembered
        parts, text = canonical(body)
        if isinstance(whole, dict):
            assert text == encode(decode(body))
            assert _nulls(parts) == _nulls(cast("object", whole))
        else:
            assert (parts, text) == (whole, None)


def _nulls(value: object) -> dict[str, bool]:
    parts = cast("dict[str, object]", value)
    return {key: part is None for key, part in parts.items()}


def test_an_event_of_known_structure_is_put_together() -> None:
    for job in (1, 1, 2):
        for body in run_bodies(job, job):
            assert canonical(body)[1] == encode(decode(body))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "not_json"),
        (b'{"a":1}}', "not_json"),
        (b'{"job":{"facets":{"a":1e999}}}', "number_out_of_range"),
        (b'{"job":{"facets":{"a":NaN}}}', "number_out_of_range"),
        (b'{"job":{"facets":{"a":"\xff"}}}', "not_json"),
        (b'{"job":{"facets":{"a":' + b"[" * 200 + b"]" * 200 + b"}}}", "too_deep"),
    ],
)
def test_what_cannot_be_stored_is_refused_as_ever(body: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        canonical(body)

    assert refusal.value.code == code


def test_the_encodings_of_json_are_understood() -> None:
    body = '{"job": {"facets": {"a": "\u00fc"}}}'
    assert canonical(body.encode("utf-16"))[1] == canonical(body.encode())[1]

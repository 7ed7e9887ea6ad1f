"""Bytes become exactly the values that Python's json makes of them, or a clear refusal."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.openlineage import Unreadable, decode

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(JSON, st.booleans())
def test_what_json_writes_is_read_back_as_json_reads_it(value: object, ascii: bool) -> None:
    body = json.dumps(value, ensure_ascii=ascii).encode("utf-8", "surrogatepass")

    assert repr(decode(body)) == repr(json.loads(body))


NUMBERS = st.from_regex(
    r"-?(0|[1-9][0-9]{0,40})(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?", fullmatch=True
)


@given(NUMBERS)
def test_numbers_are_read_to_the_last_digit(text: str) -> None:
    if "inf" in repr(json.loads(text)):
        with pytest.raises(Unreadable):
            decode(text.encode())
    else:
        assert repr(decode(text.encode())) == repr(json.loads(text))


@given(st.text('0123456789.eE+-[]{},:"\\ntu\ud800 ', max_size=12))
@example("-0")
@example("-0.0")
@example("1E400")
@example("[1,]")
@example('{"a":1,"a":2}')
@example("18446744073709551616")
@example("1" * 5000)
def test_scraps_are_read_as_json_reads_them_or_refused(text: str) -> None:
    body = text.encode("utf-8", "surrogatepass")
    try:
        expected = repr(json.loads(body))
    except ValueError:
        with pytest.raises(Unreadable):
            decode(body)
        return

    if "inf" in expected:
        with pytest.raises(Unreadable):
            decode(body)
    else:
        assert repr(decode(body)) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_the_encodings_of_json_are_understood(encoding: str) -> None:
    assert decode('{"a": "ü"}'.encode(encoding)) == {"a": "ü"}


def test_of_equal_keys_the_last_holds() -> None:
    assert decode(b'{"a": 1, "a": 2}') == {"a": 2}


def test_lone_surrogates_are_kept() -> None:
    assert decode(b'["\\ud800"]') == ["\ud800"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"\xff\xfe\xfd", "not_json"),
        (b"NaN", "number_out_of_range"),
        (b"[-Infinity]", "number_out_of_range"),
        (b"1e999", "number_out_of_range"),
        (b"9" * 10_000, "number_out_of_range"),
        (b"[" * 1_000 + b"]" * 1_000, "too_deep"),
        (b"[" * 100_000 + b"]" * 100_000, "too_deep"),
        (b'{"a":' * 200 + b"1" + b"}" * 200, "too_deep"),
    ],
)
def test_what_can_never_be_stored_is_refused_with_a_reason(body: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        decode(body)

    assert refusal.value.code == code


def test_wide_is_not_deep() -> None:
    body = b"[" + b",".join([b"[[]]"] * 1_000) + b"]"

    assert decode(body) == [[[]]] * 1_000

"""The canonical text is what Python's json writes of what Python's json read."""

from __future__ import annotations

import json

from hypothesis import example, given
from hypothesis import strategies as st

from ingest.openlineage import Unreadable, decode, encode

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.text(st.characters(max_codepoint=0x80)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(JSON, st.booleans())
@example({"b": 1, "a": 1e16, "": -1e-5, "\x7f": 1.0}, True)
@example(["\ud800", "ü\\", '"'], True)
@example({"é": 1, "e": 2, "z": 3}, False)
@example([2**64, -(2**63), 0.1, 123456789.123], True)
def test_the_text_is_the_one_that_json_writes(value: object, ascii: bool) -> None:
    body = json.dumps(value, ensure_ascii=ascii).encode("utf-8", "surrogatepass")
    expected = json.dumps(json.loads(body), sort_keys=True, separators=(",", ":"))
    assert encode(decode(body)).decode() == expected


@given(
    st.from_regex(r"-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?", fullmatch=True)
)
def test_numbers_are_written_as_json_writes_them(text: str) -> None:
    try:
        value = decode(text.encode())
    except Unreadable:
        return
    assert encode(value).decode() == json.dumps(json.loads(text))

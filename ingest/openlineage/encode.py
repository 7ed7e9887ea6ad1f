"""The canonical text of a record: what its id is a hash of.

It is what Python's `json` writes of what Python's `json` read: sorted keys, ASCII, no spaces.
msgspec writes the same, six times as fast, but for non-ASCII text, DEL and numbers with an
exponent; those are left to `json`.
"""

from __future__ import annotations

import json

import msgspec

from ingest.openlineage.unreadable import Unreadable


def encode(value: object) -> bytes:
    """Write a value that `decode` gave.

    Raises:
        Unreadable: a number out of range, which `decode` never gives.
    """
    try:
        text = msgspec.json.encode(value, order="sorted")
    except (TypeError, UnicodeEncodeError):  # a number written otherwise, a lone surrogate
        return _as_json_does(value)
    return text if text.isascii() and b"\x7f" not in text else _as_json_does(value)


def _as_json_does(value: object) -> bytes:
    try:
        text = json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except ValueError as error:
        raise Unreadable("number_out_of_range", "", str(error)) from error
    return text.encode()

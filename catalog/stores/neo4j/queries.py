"""Cypher lies in files beside this one, each query under its name: `// name: <name>`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import LiteralString, cast

_HEAD = re.compile(r"^// name: (\w+)\n", re.MULTILINE)


def queries(file: str) -> Mapping[str, LiteralString]:
    """Give the queries of a file by name, in the order of the file."""
    text = files(__package__ or "").joinpath(f"{file}.cypher").read_text("utf-8")
    _, *parts = _HEAD.split(text)
    # What lies in our own package is as literal as what stands in its source.
    return {
        name: cast("LiteralString", query.strip())
        for name, query in zip(parts[::2], parts[1::2], strict=True)
    }

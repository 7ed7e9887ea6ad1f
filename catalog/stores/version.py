"""What a graph depends on beside the log: another reader of records makes another graph."""

from __future__ import annotations

from importlib.metadata import version

READING = 7
"""Raised whenever the same record leads to other facts, claims or edges than before."""


def reader_version() -> str:
    """Name the reader: ours, and the release of sqlglot, which reads the SQL."""
    return f"{READING} with sqlglot {version('sqlglot')}"

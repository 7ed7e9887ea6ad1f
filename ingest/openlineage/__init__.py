"""OpenLineage, wire to facts: decode, redact, read; and an account of every leaf."""

from __future__ import annotations

from ingest.openlineage.accounting import Disposition, Leaf, account
from ingest.openlineage.canonical import canonical
from ingest.openlineage.decode import decode
from ingest.openlineage.encode import encode
from ingest.openlineage.read import read
from ingest.openlineage.redaction import redact, redact_text
from ingest.openlineage.unreadable import Unreadable

__all__ = [
    "Disposition",
    "Leaf",
    "Unreadable",
    "account",
    "canonical",
    "decode",
    "encode",
    "read",
    "redact",
    "redact_text",
]

"""A term: a digest of an operation and of the terms that it is applied to."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import TypeAlias

Term: TypeAlias = bytes
"""16 bytes. Equal terms mean the same; different ones may."""

_SIZE = 16


def term(operation: str, *parts: Term) -> Term:
    """Apply an operation to terms, whose order matters."""
    return blake2b(operation.encode() + b"\0" + b"".join(parts), digest_size=_SIZE).digest()


def unordered(operation: str, parts: Iterable[Term]) -> Term:
    """Apply an operation to terms whose order does not matter."""
    return term(operation, *sorted(parts))


def text(value: str) -> Term:
    """A name or literal as a term."""
    return term("text", value.encode("utf-8", "surrogatepass"))

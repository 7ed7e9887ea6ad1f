"""Variation without chance: the same key gives the same number, always and everywhere."""

from __future__ import annotations

import hashlib


def fraction(*key: object) -> float:
    """Give a number from 0 to 1 that looks random and depends on the key alone."""
    digest = hashlib.sha256("\x00".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest[:6]) / 2**48


def around(value: float, *key: object, spread: float = 0.25) -> float:
    """Give a number at most `spread` (a part of the value) away from a value."""
    return value * (1 + spread * (2 * fraction(*key) - 1))

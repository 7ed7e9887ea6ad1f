"""Times as integers: microseconds since 1970, exact, in the order of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


def ticks(moment: datetime) -> int:
    """Give a moment as an integer."""
    return (moment - _EPOCH) // _TICK


def moment(ticks: int) -> datetime:
    """Give back a moment, in UTC."""
    return _EPOCH + timedelta(microseconds=ticks)

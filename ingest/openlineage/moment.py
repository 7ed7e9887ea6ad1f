"""Times as producers write them, to UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple

_FINE = re.compile(r"\.\d{6}\d*[1-9]")
"""More digits of a second than a microsecond has, and they are not zeros."""


ODDITIES = {
    "time_without_zone": "A time without a zone is read as UTC",
    "time_cut": "A time is read to the microsecond",
}
"""What may be odd about a time, by the code of the notice."""


class Moment(NamedTuple):
    """A time in UTC. `oddity`: one of `ODDITIES`, if any."""

    time: datetime
    oddity: str | None


def moment(text: str) -> Moment:
    """Read an ISO 8601 time; without a zone it is UTC, nanoseconds are cut to microseconds.

    Raises:
        ValueError: this is no time, or none that has a date in UTC.
    """
    told = datetime.fromisoformat(text)
    if told.tzinfo is None:
        return Moment(told.replace(tzinfo=UTC), "time_without_zone")
    try:
        time = told.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(text) from error
    return Moment(time, "time_cut" if _FINE.search(text) else None)

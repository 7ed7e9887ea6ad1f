"""Prints how right the check is on public SQL, and how long it takes."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.bench.impact import right, time
from tests.bench.impact.compiled import compiled


def main(asked: list[str]) -> None:
    """Run what is asked for, or both."""
    what, rest = (asked[0], asked[1:]) if asked else ("", [])
    if what in ("", "right"):
        right.main(rest)
    if what == "dbt":
        right.show(compiled(Path(rest[0]), *rest[1:2]), *map(int, rest[2:]))
    if what in ("", "time"):
        time.main([int(each) for each in rest] or list(time.SIZES))


if __name__ == "__main__":
    main(sys.argv[1:])

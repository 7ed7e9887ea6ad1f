"""A process that answers one request line after the other.

Each line has so much CPU time (`python -m ingest.sql.worker SECONDS`); the kernel ends a process
that takes more, whatever code it is in.
"""

from __future__ import annotations

import gc
import json
import logging
import signal
import sys

from ingest.sql.jsonl import answer_line

_GARBAGE = 100_000
"""So many objects are made before those are looked for that hold each other: a tree is many."""


def settle() -> None:
    """Make a process ready that does nothing but read statements."""
    logging.getLogger("sqlglot").setLevel(logging.CRITICAL)  # what it warns of is in the answers
    gc.freeze()
    gc.set_threshold(_GARBAGE)


def main() -> None:
    """Answer lines of standard input on standard output until the input ends."""
    limit = float(sys.argv[1])
    settle()
    for line in sys.stdin.buffer:
        signal.setitimer(signal.ITIMER_PROF, limit)  # SIGPROF, which nobody handles, ends us
        told = json.dumps(answer_line(line), ensure_ascii=True, separators=(",", ":"))
        signal.setitimer(signal.ITIMER_PROF, 0)
        sys.stdout.write(told + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

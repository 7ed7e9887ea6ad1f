"""A process that answers one request line after the other; its parent may kill it at any time."""

from __future__ import annotations

import json
import logging
import sys

from ingest.sql.jsonl import answer_line


def main() -> None:
    """Answer lines of standard input on standard output until the input ends."""
    logging.getLogger("sqlglot").setLevel(logging.CRITICAL)  # what it warns of is in the answers
    for line in sys.stdin.buffer:
        told = json.dumps(answer_line(line), ensure_ascii=True, separators=(",", ":"))
        sys.stdout.write(told + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

"""The right to write to a file, held by one process at a time and released by its death."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from catalog.errors import Unavailable


def take_lease(path: Path) -> sqlite3.Connection:
    """Take the right to write to the file at `path`; closing the connection gives it back.

    The lease is a lock on a file of its own beside it, so that readers are not kept out.

    Raises:
        Unavailable: somebody else has it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.lease")
    lease = sqlite3.connect(beside, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        lease.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lease.close()
        message = (
            f"{path} is being written by another process: stop that one (a running "
            "`headwater serve` or `headwater demo`?), or choose another folder with --data"
        )
        raise Unavailable(message) from error
    return lease

"""`python -m headwater_emitters`: deliver now what waits, and say what became of it."""

from __future__ import annotations

import os
import sys

from headwater_emitters.delivery.courier import Patience, connect, deliver
from headwater_emitters.delivery.spool import Spool, destination


def main() -> int:
    """Deliver to where the environment says; 1 if events are still waiting."""
    spool = Spool.of(destination(None, os.environ), os.environ)
    before = spool.status()
    with spool.courier() as mine:
        patience = Patience(idle=0, trouble=10)
        after = deliver(spool, lambda: connect(None), patience) if mine else before
    waiting = len(spool.waiting())
    said = f"{after.delivered - before.delivered} delivered, {after.lost - before.lost} refused, "
    sys.stdout.write(f"{said}{waiting} waiting in {spool.folder}\n")
    if not mine:
        sys.stderr.write("A courier is at work.\n")
    if after.trouble:
        sys.stderr.write(f"{after.trouble}\n")
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())

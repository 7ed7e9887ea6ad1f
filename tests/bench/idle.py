"""What a server costs that does nothing: its start, and its memory then and after a question."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.e2e.server import Server

STARTS = 5
MIB = 1024 * 1024


def main() -> None:
    """Print the table."""
    table = Table("what", "measured", "aim")
    with tempfile.TemporaryDirectory() as folder:
        walls: list[float] = []
        cpus: list[float] = []
        idle = asked = 0
        server = Server(Path(folder))
        for _ in range(STARTS):
            begin = time.perf_counter()
            server.start()
            walls.append(time.perf_counter() - begin)
            cpus.append(server.cpu())
            idle = server.memory()
            server.ask("{ coverage { jobs } }")
            asked = server.memory()
            server.stop()
    table.add_row("start, best of 5", f"{min(walls):.2f} s", "2 s")
    table.add_row("CPU of the start, best of 5", f"{min(cpus):.2f} s", "")
    table.add_row("memory, idle", f"{idle / MIB:.0f} MiB", "256 MB")
    table.add_row("memory after the first question", f"{asked / MIB:.0f} MiB", "256 MB")
    Console().print(table)


if __name__ == "__main__":
    main()

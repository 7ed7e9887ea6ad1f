"""A server as a user starts it: another process, a folder of its own, a free port."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

READY = re.compile(r"Headwater is ready: (\S+)")


@dataclass(slots=True)
class Server:
    """`headwater serve` on a data folder; it can be killed and started again on the same one."""

    data: Path
    store: str = "sqlite"
    command: str = "serve"
    url: str = ""
    _process: subprocess.Popen[str] | None = field(default=None, repr=False)

    def start(self) -> Server:
        """Start it, and wait until it says that it is ready."""
        command = [sys.executable, "-m", "catalog", self.command, "--port", "0"]
        self._process = subprocess.Popen(
            [*command, "--data", str(self.data), "--store", self.store],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self._process.stderr is not None
        said: list[str] = []
        for line in self._process.stderr:
            said.append(line)
            if found := READY.search(line):
                self.url = found[1]
                return self
        raise AssertionError(f"the server did not start: {''.join(said)}")

    def kill(self) -> None:
        """End it without a warning, as `kill -9` does."""
        assert self._process is not None
        self._process.kill()
        self._finish()

    def stop(self) -> None:
        """Ask it to stop, and wait."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
        self._finish()

    def _finish(self) -> None:
        if self._process is not None:
            self._process.wait(timeout=30)
            if self._process.stderr is not None:
                self._process.stderr.close()

    def post(self, event: object, path: str = "/api/v1/lineage") -> httpx.Response:
        """Send an event as JSON."""
        content = json.dumps(event).encode()
        headers = {"Content-Type": "application/json"}
        return httpx.post(f"{self.url}{path}", content=content, headers=headers, timeout=60)

    def cpu(self) -> float:
        """Give the CPU seconds that the process has used."""
        assert self._process is not None
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """Give the bytes of memory that the process holds."""
        assert self._process is not None
        pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def settle(self, seconds: float = 30) -> None:
        """Wait until the graph has everything that the log has."""
        ready: dict[str, Any] = {}
        for _ in range(int(seconds / 0.05)):
            ready = httpx.get(f"{self.url}/health/ready").json()
            if ready["log"] == ready["graph"] == ready["sql"]:
                return
            time.sleep(0.05)
        raise AssertionError(f"the graph does not follow the log: {ready}")

    def ask(self, query: str, **variables: object) -> dict[str, Any]:
        """Ask a question that has an answer."""
        answer = self.ask_for_all(query, **variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def ask_for_all(self, query: str, **variables: object) -> dict[str, Any]:
        """Ask a question, and give data and errors."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        headers = {"Content-Type": "application/json"}
        url = f"{self.url}/graphql"
        response = httpx.post(url, content=body, headers=headers, timeout=30)
        assert response.status_code == 200, response.text
        return response.json()


def headwater(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "catalog", *arguments],
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
    )

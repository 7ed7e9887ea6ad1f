"""An OpenLineage server on loopback that keeps what it is sent, and answers as it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Collector(ThreadingHTTPServer):
    """`status`: its answer to everything. `hanging`: it does not answer while this is not set."""

    daemon_threads = True

    def __init__(self, status: int = 201, port: int = 0) -> None:
        self.status = status
        self.answering = threading.Event()
        self.answering.set()
        self.events: list[dict[str, Any]] = []
        self.requests = 0
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Collector  # pyright: ignore[reportIncompatibleVariableOverride]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests += 1
        self.server.answering.wait()
        if self.server.status == 201:
            self.server.events.append(json.loads(body))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def running(status: int = 201, port: int = 0) -> Generator[Collector]:
    """A collector, until the block ends."""
    with Collector(status, port) as collector:
        thread = threading.Thread(target=collector.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield collector
        finally:
            collector.answering.set()
            collector.shutdown()
            thread.join()

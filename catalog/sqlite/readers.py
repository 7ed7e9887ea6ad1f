"""Readers of a file: threads, each with a connection of its own; an answer is one snapshot."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeVar

from catalog.sqlite.connection import connect_reader, reported, snapshot

THREADS = 4

T = TypeVar("T")


class Readers:
    """Connections to one file, lent out to one question at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: SimpleQueue[sqlite3.Connection] = SimpleQueue()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix=f"{path.stem}-reader")

    async def run(self, question: Callable[[sqlite3.Connection], T]) -> T:
        """Answer a question in a thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self.call, question)

    def call(self, question: Callable[[sqlite3.Connection], T]) -> T:
        """Answer a question in this thread, from one state of the file.

        Raises:
            Unavailable: the file does not answer, or is not there.
        """
        with reported(self._path):
            connection = self.borrow()
            try:
                with snapshot(connection):
                    return question(connection)
            finally:
                self.give_back(connection)

    def borrow(self) -> sqlite3.Connection:
        """Take a connection for as long as it is needed."""
        try:
            return self._idle.get_nowait()
        except Empty:
            return connect_reader(self._path)

    def give_back(self, connection: sqlite3.Connection) -> None:
        """Put a borrowed connection back."""
        self._idle.put(connection)

    def close(self) -> None:
        """Close the connections that are not lent out."""
        self._threads.shutdown()
        while not self._idle.empty():
            self._idle.get().close()

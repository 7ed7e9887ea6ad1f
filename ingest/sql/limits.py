"""Statements under a limit of CPU time: worker processes, which are replaced when they die of it.

A statement cannot be stopped from within: neither signal handlers nor threads reach compiled code.
So a worker answers one line at a time and is ended by the kernel when its CPU time is over, by the
parent if it hangs without using any.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.sql.errors import Code
from ingest.sql.jsonl import id_of, refused

DEFAULT_LIMIT = 10.0
"""Seconds of CPU time that a statement may take."""

_PATIENCE = 10
"""How many times its limit a statement may take by the clock: the machine has others to serve."""

_READ_AHEAD = 64
"""How many lines are taken in before the first of them is answered: memory stays bounded."""

_CHUNK = 1 << 16


@dataclass(slots=True, eq=False)
class Worker:
    """A worker process, and the line that it is working on."""

    process: subprocess.Popen[bytes]
    number: int | None = None  # of the line; None: it is idle
    line: bytes = b""
    until: float = 0.0  # when it is given up
    told: bytearray = field(default_factory=bytearray)  # the answer, as far as it has come


@dataclass(slots=True, eq=False)
class Stream:
    """Lines that come in, are worked on, and go out in the order in which they came."""

    write: Callable[[bytes], None]
    limit: float
    most: int  # workers
    waiting: deque[tuple[int, bytes]] = field(default_factory=deque[tuple[int, bytes]])
    workers: list[Worker] = field(default_factory=list[Worker])
    ready: dict[int, bytes] = field(default_factory=dict[int, bytes])
    received: int = 0
    written: int = 0


def stream(
    source: int,
    write: Callable[[bytes], None],
    limit: float = DEFAULT_LIMIT,
    workers: int | None = None,
) -> None:
    """Answer the lines of a file descriptor until it ends.

    Each answer is written as soon as it and all before it are there.
    """
    state = Stream(write, limit, workers or min(4, os.cpu_count() or 1))
    try:
        _run(state, source)
    finally:
        for worker in state.workers:
            _end(worker)


def _run(state: Stream, source: int) -> None:
    open_, rest = True, bytearray()
    while open_ or state.written < state.received:
        _hand_out(state)
        taking = open_ and state.received - state.written < _READ_AHEAD
        outputs = [_output(worker) for worker in state.workers if worker.number is not None]
        heard = _wait(state, [*outputs, *([source] if taking else [])])
        if source in heard:
            open_ = _take_in(state, source, rest)
        for worker in list(state.workers):
            if worker.number is not None and _output(worker) in heard:
                _listen(state, worker)
        _stop_late_ones(state)
        _write_out(state)


def _output(worker: Worker) -> int:
    assert worker.process.stdout is not None  # noqa: S101 (it is a pipe)
    return worker.process.stdout.fileno()


def _wait(state: Stream, descriptors: list[int]) -> set[int]:
    ends = [worker.until for worker in state.workers if worker.number is not None]
    timeout = max(0.0, min(ends) - time.monotonic()) if ends else None
    return set(select.select(descriptors, [], [], timeout)[0])


def _take_in(state: Stream, source: int, rest: bytearray) -> bool:
    """Read what has come; False at the end of the input."""
    chunk = os.read(source, _CHUNK)
    rest += chunk
    *lines, last = bytes(rest).split(b"\n") if chunk else [bytes(rest), b""]
    rest[:] = last
    for line in lines:
        if line.strip():
            state.waiting.append((state.received, line))
            state.received += 1
    return bool(chunk)


def _hand_out(state: Stream) -> None:
    while state.waiting:
        idle = next((worker for worker in state.workers if worker.number is None), None)
        if idle is None and len(state.workers) < state.most:
            idle = Worker(_start(state.limit))
            state.workers.append(idle)
        if idle is None:
            return
        idle.number, idle.line = state.waiting.popleft()
        idle.until = time.monotonic() + state.limit * _PATIENCE
        _send(idle)


def _start(limit: float) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 (our own module)
        (sys.executable, "-m", "ingest.sql.worker", str(limit)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def _send(worker: Worker) -> None:
    pipe = worker.process.stdin
    assert pipe is not None  # noqa: S101 (it is a pipe)
    try:
        pipe.write(worker.line + b"\n")
        pipe.flush()
    except BrokenPipeError:
        return  # it has died; its output tells


def _listen(state: Stream, worker: Worker) -> None:
    chunk = os.read(_output(worker), _CHUNK)
    worker.told += chunk
    if not chunk and worker.process.wait() == -signal.SIGPROF:
        _replace(state, worker, Code.TIMEOUT, _late(state.limit))
    elif not chunk:
        _replace(state, worker, Code.TOO_DEEP, "The statement ended the process that read it.")
    elif worker.told.endswith(b"\n"):
        _done(state, worker, bytes(worker.told))


def _done(state: Stream, worker: Worker, told: bytes) -> None:
    if worker.number is not None:
        state.ready[worker.number] = told
    worker.number, worker.line = None, b""
    worker.told.clear()


def _stop_late_ones(state: Stream) -> None:
    now = time.monotonic()
    for worker in list(state.workers):
        if worker.number is not None and worker.until <= now:
            _replace(state, worker, Code.TIMEOUT, _late(state.limit))


def _late(limit: float) -> str:
    return f"The statement took more than {limit:g} seconds of CPU time."


def _replace(state: Stream, worker: Worker, code: Code, message: str) -> None:
    told = json.dumps(refused(id_of(worker.line), code, message), separators=(",", ":"))
    _done(state, worker, told.encode() + b"\n")
    _end(worker)
    state.workers.remove(worker)


def _end(worker: Worker) -> None:
    worker.process.kill()
    worker.process.communicate()


def _write_out(state: Stream) -> None:
    while state.written in state.ready:
        state.write(state.ready.pop(state.written))
        state.written += 1

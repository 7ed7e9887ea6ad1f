"""Server processes that a test starts, waits for and stops."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.services.unavailable import UnavailableError


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(command: Sequence[str | Path], log: Path, env: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a server that dies with us, whatever kills us, where the system can promise that."""
    guard = shutil.which("setpriv")
    leash = [guard, "--pdeathsig", "KILL", "--"] if guard else []
    with log.open("ab") as output:
        return subprocess.Popen([*leash, *command], stdout=output, stderr=output, env=env)


def wait_ready(
    process: subprocess.Popen[bytes], ready: Callable[[], bool], log: Path, seconds: float
) -> None:
    """Return once the server answers.

    Raises:
        UnavailableError: It ended, or did not answer in time; carries the end of its log.
    """
    deadline = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None:
            message = f"The server ended with code {process.returncode}:\n{_tail(log)}"
            raise UnavailableError(message)
        if time.monotonic() > deadline:
            stop(process)
            message = f"The server did not answer within {seconds} s:\n{_tail(log)}"
            raise UnavailableError(message)
        time.sleep(0.1)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask it to end, wait, and kill it if it does not; does nothing if it has ended."""
    process.terminate()
    try:
        process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _tail(log: Path) -> str:
    return log.read_text(errors="replace")[-3000:] if log.exists() else ""

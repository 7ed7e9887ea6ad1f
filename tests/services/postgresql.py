"""A PostgreSQL server of our own: on loopback, on new data that go with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tests.services import apt, process
from tests.services.unavailable import UnavailableError

USER = "headwater"
DATABASE = "postgres"


@contextmanager
def running() -> Generator[str]:
    """The connection URI of $POSTGRESQL_URI, else of a new server.

    Raises:
        UnavailableError: There is none to be had; says which command would help.
    """
    given = os.environ.get("POSTGRESQL_URI")
    if given:
        yield given
        return
    # Not below the project: its path may be closed to the server's user, and a socket's is short.
    home = Path(tempfile.mkdtemp(prefix="headwater-postgresql-", dir="/tmp"))
    programs = _programs()
    try:
        _own(home)
        port = process.free_port()
        _run(programs / "initdb", *_new_cluster(home))
        _run(programs / "pg_ctl", *_start(home, port))
        try:
            yield f"postgresql://{USER}@127.0.0.1:{port}/{DATABASE}"
        finally:
            _run(programs / "pg_ctl", f"-D{home / 'data'}", "-mfast", "stop")
    finally:
        shutil.rmtree(home)


def _programs() -> Path:
    """The folder of the newest `initdb`; Debian keeps it off the PATH."""
    found = _newest() or _on_path()
    if found is None:
        apt.provide("psql", "postgresql")
        found = _newest()
    if found is None:
        message = "initdb is missing. Install it: sudo apt-get install postgresql"
        raise UnavailableError(message)
    return found


def _newest() -> Path | None:
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    whole = [folder for folder in folders if (folder / "initdb").exists()]
    return max(whole, key=lambda folder: int(folder.parent.name), default=None)


def _on_path() -> Path | None:
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def _own(home: Path) -> None:
    """Give the folder to the user that the server runs as: root may not run it."""
    home.chmod(0o755)
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")


def _new_cluster(home: Path) -> tuple[str, ...]:
    return (f"-D{home / 'data'}", f"-U{USER}", "-Atrust", "-EUTF8", "--no-locale", "--no-sync")


def _start(home: Path, port: int) -> tuple[str, ...]:
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": home,
        "fsync": "off",
        "full_page_writes": "off",
    }
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    return (f"-D{home / 'data'}", f"-l{home / 'log'}", "-w", f"-o{options}", "start")


def _run(program: Path, *arguments: str) -> None:
    as_server = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    done = subprocess.run(
        [*as_server, program, *arguments],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # not a pipe: the server would keep it open
        stderr=subprocess.PIPE if program.name == "initdb" else subprocess.DEVNULL,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        message = f"{program.name} failed: {done.stderr}"
        raise UnavailableError(message)

"""A real Neo4j server: Community Edition, from Maven Central, Bolt only, on loopback."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from neo4j import GraphDatabase

from tests.services import process
from tests.services.java import java
from tests.services.maven import Artifact, class_path
from tests.services.unavailable import UnavailableError

SERVER = Artifact("org.neo4j", "neo4j", "2026.08.1")
JAVA_NEEDED = 21
START_SECONDS = 180.0
USER = "neo4j"
BOLT_HANDSHAKE = bytes.fromhex("6060b017" + "00000006" + "00080805" + "00000005" + "00000004")
MAIN = "org.neo4j.server.Neo4jCommunity"
ADMIN = "org.neo4j.server.startup.Neo4jAdminCommand"

# Sends nothing out: fleet discovery would broadcast on private networks.
CONFIGURATION = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size=128m
dbms.usage_report.enabled=false
server.fleet_discovery.enabled=false
dbms.fleet_manager.enabled=false
internal.dbms.bolt.netty_server_shutdown_quiet_period_duration=0s
"""

VIRTUAL_MACHINE = (
    "-Xms256m",
    "-Xmx768m",
    "-XX:+UseSerialGC",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "-XX:+IgnoreUnrecognizedVMOptions",
)


@dataclass(frozen=True, slots=True)
class Neo4jAddress:
    """Where a server listens and how to sign in."""

    uri: str
    user: str
    password: str


@dataclass(frozen=True, slots=True)
class Installation:
    """What it takes to run the server's programs: a Java, the jars, a home with configuration."""

    java: Path
    class_path: str
    home: Path

    def command(self, main: str, *arguments: str) -> tuple[str, ...]:
        """The command line of one of the server's programs."""
        return (str(self.java), *VIRTUAL_MACHINE, "-cp", self.class_path, main, *arguments)

    def environment(self) -> dict[str, str]:
        """The environment of this process and the server's own two variables."""
        places = {"NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}
        return {**os.environ, **places}


class Neo4jServer:
    """A server with its address; `stop` and `start` play an outage, its data stay."""

    def __init__(self, address: Neo4jAddress, installation: Installation | None) -> None:
        """Without an installation it is a server that was given to us: it can only be used."""
        self.address = address
        self._installation = installation
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers; does nothing if it runs.

        Raises:
            UnavailableError: It does not start, or it is not ours to start.
        """
        ours = self._ours()
        if self._process is None:
            log = ours.home / "console.log"
            places = (f"--home-dir={ours.home}", f"--config-dir={ours.home / 'conf'}")
            self._process = process.start(ours.command(MAIN, *places), log, ours.environment())
            process.wait_ready(self._process, self._answers, log, START_SECONDS)

    def stop(self) -> None:
        """Stop it and wait until it is gone; does nothing if it does not run.

        Raises:
            UnavailableError: It is not ours to stop.
        """
        self._ours()
        if self._process is not None:
            process.stop(self._process)
            self._process = None

    def _ours(self) -> Installation:
        if self._installation is None:
            message = "The server of NEO4J_URI is not ours to stop. Unset it to play an outage."
            raise UnavailableError(message)
        return self._installation

    def _answers(self) -> bool:
        """Whether the Bolt handshake is answered with a version; an open port is not enough."""
        address = urlsplit(self.address.uri)
        try:
            with socket.create_connection((address.hostname, address.port), timeout=5) as bolt:
                bolt.sendall(BOLT_HANDSHAKE)
                return any(bolt.recv(4))
        except OSError:
            return False


def emptied(address: Neo4jAddress) -> str:
    """Forget all that a server holds; give the setting of a catalog that names it as its store."""
    auth = address.user, address.password
    with GraphDatabase.driver(address.uri, auth=auth) as driver:  # pyright: ignore[reportUnknownMemberType] its settings are untyped
        forget = "MATCH (it) CALL (it) { DETACH DELETE it } IN TRANSACTIONS"
        with driver.session(database="neo4j") as session:  # pyright: ignore[reportUnknownMemberType]
            session.run(forget).consume()
    return address.uri.replace("://", f"://{address.user}:{address.password}@")


@contextmanager
def running(cache: Path, state: Path) -> Generator[Neo4jServer]:
    """The server of NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD, else one of our own on new data.

    `cache` outlives the session, a folder in `state` is the server's and goes with it.

    Raises:
        UnavailableError: There is none to be had; says which command would help.
    """
    given = os.environ.get("NEO4J_URI")
    if given:
        user = os.environ.get("NEO4J_USER", USER)
        yield Neo4jServer(Neo4jAddress(given, user, os.environ["NEO4J_PASSWORD"]), None)
        return
    state.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="neo4j-", dir=state))
    try:
        server = _install(home, cache)
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(home)


def _install(home: Path, cache: Path) -> Neo4jServer:
    """Configure a new server in an empty home; nothing runs yet."""
    installation = Installation(java(JAVA_NEEDED), class_path(SERVER, cache), home)
    port = process.free_port()
    (home / "conf").mkdir()
    (home / "conf" / "neo4j.conf").write_text(CONFIGURATION.format(port=port))
    password = secrets.token_hex(12)  # a leading "-" would be an option
    subprocess.run(
        installation.command(ADMIN, "dbms", "set-initial-password", password),
        env=installation.environment(),
        check=True,
        capture_output=True,
    )
    return Neo4jServer(Neo4jAddress(f"bolt://127.0.0.1:{port}", USER, password), installation)

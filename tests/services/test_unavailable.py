"""A service that cannot be had says which one command would provide it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services import apt
from tests.services.java import java
from tests.services.neo4j import Neo4jAddress, Neo4jServer
from tests.services.unavailable import UnavailableError


def test_missing_program_names_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnavailableError, match="apt-get install -y --no-install-recommends maven"):
        apt.provide("mvn", "maven")


def test_old_java_is_passed_over_for_a_newer_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    old = tmp_path / "bin" / "java"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho 'openjdk version \"17.0.4\" 2022-07-19' >&2\n")
    old.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert java(17) == old
    assert java(21) != old


def test_no_java_is_new_enough_for_everything() -> None:
    with pytest.raises(UnavailableError, match="uv sync"):
        java(1000)


def test_a_given_server_is_not_stopped() -> None:
    given = Neo4jServer(Neo4jAddress("bolt://db.example:7687", "neo4j", "secret"), None)
    with pytest.raises(UnavailableError, match="NEO4J_URI"):
        given.stop()

"""What every test may ask for: how hard to try, and the real servers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from tests.services import chromium, neo4j, postgresql
from tests.services.neo4j import Neo4jServer

# What apt installs is found, whatever PATH we were started with.
os.environ["PATH"] = os.pathsep.join(
    (os.environ.get("PATH", ""), "/usr/sbin", "/usr/bin", "/sbin", "/bin")
)

ROOT = Path(__file__).parent.parent
CACHE = ROOT / ".cache"
STATE = ROOT / ".services"


@dataclass(frozen=True, slots=True)
class Effort:
    """How many times a test tries what has no end; chosen by HEADWATER_TEST_EFFORT."""

    examples: int
    shuffles: int
    kills: int


EFFORTS = {
    "quick": Effort(examples=30, shuffles=5, kills=2),
    "gate": Effort(examples=200, shuffles=20, kills=20),
    "long": Effort(examples=2000, shuffles=200, kills=200),
}
EFFORT = os.environ.get("HEADWATER_TEST_EFFORT", "gate")

# A red gate is red again when it is repeated; only the long run looks for new counter-examples.
for name, tries in EFFORTS.items():
    settings.register_profile(
        name,
        max_examples=tries.examples,
        deadline=None,
        derandomize=name != "long",
        print_blob=True,
    )
settings.load_profile(EFFORT)


@pytest.fixture(scope="session")
def effort() -> Effort:
    return EFFORTS[EFFORT]


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[Neo4jServer]:
    """A running Neo4j; a test that stops it starts it again."""
    with neo4j.running(CACHE, STATE) as server:
        yield server


@pytest.fixture(scope="session", name="postgresql")
def postgresql_uri() -> Iterator[str]:
    """The connection URI of a running PostgreSQL."""
    with postgresql.running() as uri:
        yield uri


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium for one module: while it is open, no other event loop runs in this thread."""
    with chromium.running() as opened:
        yield opened

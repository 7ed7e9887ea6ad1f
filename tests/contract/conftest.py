from __future__ import annotations

from typing import cast

import pytest

from tests.contract.logs import LOGS, LogUnderTest
from tests.contract.stores import STORES, StoreUnderTest, neo4j_at
from tests.services.neo4j import Neo4jServer


def _name(store: object) -> str | None:
    return store.name if isinstance(store, StoreUnderTest) else None


NEO4J = pytest.param(neo4j_at, id="neo4j", marks=pytest.mark.neo4j)
"""The store whose server must be started first."""


@pytest.fixture(params=[*STORES, NEO4J], ids=_name, scope="session")
def store(request: pytest.FixtureRequest) -> StoreUnderTest:
    """Each store in turn."""
    return _started(request)


@pytest.fixture(
    params=[*(store for store in STORES if store.atomic), NEO4J], ids=_name, scope="session"
)
def atomic_store(request: pytest.FixtureRequest) -> StoreUnderTest:
    """Each store that keeps what it is given, in turn."""
    return _started(request)


def _started(request: pytest.FixtureRequest) -> StoreUnderTest:
    if request.param is neo4j_at:
        return neo4j_at(cast("Neo4jServer", request.getfixturevalue("neo4j_server")))
    return cast("StoreUnderTest", request.param)


@pytest.fixture(params=LOGS, ids=lambda log: log.name, scope="session")
def event_log(request: pytest.FixtureRequest) -> LogUnderTest:
    """Each log in turn."""
    return cast("LogUnderTest", request.param)


@pytest.fixture(
    params=[log for log in LOGS if log.lasting], ids=lambda log: log.name, scope="session"
)
def lasting_log(request: pytest.FixtureRequest) -> LogUnderTest:
    """Each log that outlives its process, in turn."""
    return cast("LogUnderTest", request.param)

from __future__ import annotations

from typing import cast

import pytest

from tests.contract.logs import LOGS, LogUnderTest
from tests.contract.stores import STORES, StoreUnderTest


@pytest.fixture(params=STORES, ids=lambda store: store.name, scope="session")
def store(request: pytest.FixtureRequest) -> StoreUnderTest:
    """Each store in turn."""
    return cast("StoreUnderTest", request.param)


@pytest.fixture(
    params=[store for store in STORES if store.atomic],
    ids=lambda store: store.name,
    scope="session",
)
def atomic_store(request: pytest.FixtureRequest) -> StoreUnderTest:
    """Each store that keeps what it is given, in turn."""
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

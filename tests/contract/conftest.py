from __future__ import annotations

from typing import cast

import pytest

from tests.contract.stores import STORES, StoreUnderTest


@pytest.fixture(params=STORES, ids=lambda store: store.name, scope="session")
def store(request: pytest.FixtureRequest) -> StoreUnderTest:
    """Each store in turn."""
    return cast("StoreUnderTest", request.param)

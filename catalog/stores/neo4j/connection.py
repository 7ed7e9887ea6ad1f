"""The way to the server: managed transactions, and its failures as our errors."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, LiteralString, TypeAlias, TypeVar

from neo4j import (
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    AsyncSession,
    Query,
    unit_of_work,
)
from neo4j.exceptions import (
    AuthError,
    ConnectionPoolError,
    DatabaseError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from catalog.errors import Unavailable

T = TypeVar("T")
Transaction: TypeAlias = AsyncManagedTransaction
Row: TypeAlias = list[Any]
"""The values of one record, in the order of its RETURN."""

READ_SECONDS = 60.0
WRITE_SECONDS = 600.0
CONNECT_SECONDS = 5.0
RETRY_SECONDS = 10.0
"""How long the driver itself tries again; whoever asks for more is told to come back."""

_AWAY = (
    AuthError,
    ConnectionPoolError,
    DatabaseError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)


@dataclass(frozen=True, slots=True)
class Connection:
    """A pool of connections to one database.

    Raises, whatever is asked of it:
        Unavailable: the server does not answer, does not let us in, or cannot store.
    """

    driver: AsyncDriver
    session: Callable[[], AsyncSession]
    """Opens a session; each sees what an earlier one has written, whichever server it meets."""

    async def read(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Do work in one read transaction; it may be done twice."""
        with _failures():
            async with self.session() as session:
                return await session.execute_read(unit_of_work(timeout=READ_SECONDS)(work))

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Do work in one transaction, all or nothing; it may be done twice."""
        with _failures():
            async with self.session() as session:
                return await session.execute_write(unit_of_work(timeout=WRITE_SECONDS)(work))

    async def alone(self, query: LiteralString) -> None:
        """Run a statement that cannot be part of a transaction."""
        with _failures():
            async with self.session() as session:
                await (await session.run(query)).consume()

    async def stream(self, query: LiteralString) -> AsyncIterator[Row]:
        """Give the rows of one long answer as they come."""
        with _failures():
            async with self.session() as session:
                async for record in await session.run(Query(query)):
                    yield record.values()

    async def close(self) -> None:
        """Let go of the connections."""
        await self.driver.close()


def connect(uri: str, user: str, password: str, database: str) -> Connection:
    """Make a pool; nothing is asked of the server yet."""
    driver = AsyncGraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType]: **config
        uri,
        auth=(user, password),
        user_agent="headwater",
        connection_timeout=CONNECT_SECONDS,
        connection_acquisition_timeout=2 * CONNECT_SECONDS,
        max_transaction_retry_time=RETRY_SECONDS,
        notifications_min_severity="OFF",
    )
    session = partial(
        driver.session,  # pyright: ignore[reportUnknownMemberType]: **config
        database=database,
        bookmark_manager=AsyncGraphDatabase.bookmark_manager(),
    )
    return Connection(driver, session)


async def pairs(transaction: Transaction, query: LiteralString, **values: object) -> dict[Any, Any]:
    """Run a query that returns keys, each with one value, and give all of them."""
    return dict[Any, Any](await rows(transaction, query, **values))


async def rows(transaction: Transaction, query: LiteralString, **values: object) -> list[Row]:
    """Run a query and give all its rows.

    Each costs the driver a tenth of a millisecond, whatever is in it: a query that may give many
    does better to collect them into one.
    """
    result = await transaction.run(query, values)
    return await result.values()


@contextmanager
def _failures() -> Generator[None]:
    try:
        yield
    except _AWAY as error:
        raise Unavailable(f"Neo4j: {error}") from error

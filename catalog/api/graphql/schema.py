"""The GraphQL schema, and the limits under which it answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import strawberry
import structlog
from graphql import GraphQLError
from strawberry.extensions import (
    MaskErrors,
    MaxAliasesLimiter,
    MaxTokensLimiter,
    QueryDepthLimiter,
    SchemaExtension,
)
from strawberry.types import ExecutionContext

from catalog.api.graphql.mutation import Mutation
from catalog.api.graphql.query import Query
from catalog.errors import HeadwaterError

COMMITTED = Path(__file__).with_name("schema.graphql")
"""The schema as text, from which the pages' types are made."""

DEPTH = 15
ALIASES = 30
TOKENS = 5_000
SECONDS = 30.0

_log = structlog.get_logger(__name__)


class OutOfTime(HeadwaterError):
    """The answer takes too long; ask for less."""

    code = "timeout"


class TimeLimit(SchemaExtension):
    """Ends a question that takes too long."""

    async def on_execute(self) -> AsyncIterator[None]:
        """Keep the time."""
        try:
            async with asyncio.timeout(SECONDS):
                yield
        except TimeoutError as error:
            raise OutOfTime(f"no answer within {SECONDS:.0f} s; ask for less") from error


def _hide(error: GraphQLError) -> bool:
    """Hide what is not meant for those who ask, and log it."""
    cause = error.original_error
    if cause is None or isinstance(cause, GraphQLError | HeadwaterError):
        return False
    _log.error("a resolver failed", path=error.path, exc_info=cause)
    return True


class Schema(strawberry.Schema):
    """A schema that logs no more than `_hide` does: a question that is put wrong is no trouble."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Log nothing."""


def make_schema() -> strawberry.Schema:
    """Make the schema that is served, and that `schema.graphql` shows."""
    return Schema(
        Query,
        Mutation,
        extensions=[
            lambda: QueryDepthLimiter(max_depth=DEPTH),
            lambda: MaxAliasesLimiter(max_alias_count=ALIASES),
            lambda: MaxTokensLimiter(max_token_count=TOKENS),
            TimeLimit,
            lambda: MaskErrors(should_mask_error=_hide, error_message="internal error"),
        ],
    )


def text() -> str:
    """Give the schema as text."""
    return make_schema().as_str() + "\n"


def write() -> None:
    """Write the committed schema anew."""
    COMMITTED.write_text(text())

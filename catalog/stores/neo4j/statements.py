"""Statements: what witnesses state, a claim or a schema, each once however often it is stated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from catalog.model.claim import (
    Claim,
    Contribution,
    SchemaStatement,
    quotes_of,
)
from catalog.stores.codec import claim_to_json, dump, hash_of, saying_to_json, thing_to_json
from catalog.stores.neo4j.rows import stamp_text
from ingest.flows import End, end_order
from ingest.names import ColumnName

Content: TypeAlias = Claim | SchemaStatement
"""What is stated; of a schema the stamp is the witness's own and no part of its identity."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something stated. `key` is the hash of `body`, its canonical form."""

    key: str
    content: Content
    body: bytes


class Seen(NamedTuple):
    """How a witness states something: when, and what its SQL says of the ends of the target."""

    stamp: str
    of: tuple[str, ...] = ()
    expressions: tuple[str, ...] = ()


def statements_of(contribution: Contribution) -> Iterator[tuple[Statement, Seen]]:
    """Give all that a witness states, each with how it does."""
    for claim in contribution.claims:
        body = dump(claim_to_json(claim))
        yield Statement(hash_of(body), claim, body), _seen(contribution, claim)
    for one in contribution.schemas:
        said = saying_to_json(one.schema)
        body = dump(["schema", thing_to_json(one.dataset), one.producer, said])
        yield Statement(hash_of(body), one, body), Seen(stamp_text(one.stamp))


def _seen(contribution: Contribution, claim: Claim) -> Seen:
    """What makes a column, and what decides about it or the rows: each text once."""
    quotes = quotes_of(claim, contribution.reading)
    told = dict.fromkeys((_called(one.target), one.text) for one in quotes)
    of, expressions = tuple(end for end, _ in told), tuple(text for _, text in told)
    return Seen(stamp_text(contribution.seen), of, expressions)


def _called(end: End) -> str:
    """A column by its path; the rows, the whole and a job by what they are."""
    return ".".join(end.path) if isinstance(end, ColumnName) else str(end_order(end)[0])


def ends_named(content: Content) -> Iterable[End]:
    """Give every end that a statement names, once."""
    if isinstance(content, Claim):
        return {end for flow in content.flows for end in (flow.source, flow.target)}
    return {ColumnName(content.dataset, one.path) for one in content.schema.fields}

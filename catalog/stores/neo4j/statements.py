"""Statements: what witnesses state, a claim or a schema, each once however often it is stated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from catalog.model.claim import Claim, Contribution, SchemaStatement
from catalog.stores.codec import claim_to_json, dump, hash_of, saying_to_json, thing_to_json
from catalog.stores.neo4j.rows import stamp_text
from ingest.flows import End
from ingest.names import ColumnName

Content: TypeAlias = Claim | SchemaStatement
"""What is stated; of a schema the stamp is the witness's own and no part of its identity."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something stated. `key` is the hash of `body`, its canonical form."""

    key: str
    content: Content
    body: bytes


def statements_of(contribution: Contribution) -> Iterator[tuple[Statement, str]]:
    """Give all that a witness states, each with the stamp at which it does."""
    for claim in contribution.claims:
        body = dump(claim_to_json(claim))
        yield Statement(hash_of(body), claim, body), stamp_text(contribution.seen)
    for one in contribution.schemas:
        said = saying_to_json(one.schema)
        body = dump(["schema", thing_to_json(one.dataset), one.producer, said])
        yield Statement(hash_of(body), one, body), stamp_text(one.stamp)


def ends_named(content: Content) -> Iterable[End]:
    """Give every end that a statement names, once."""
    if isinstance(content, Claim):
        return {end for flow in content.flows for end in (flow.source, flow.target)}
    return {ColumnName(content.dataset, one.path) for one in content.schema.fields}

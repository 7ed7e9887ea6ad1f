"""The evidence of an edge: which claims tell it, and whether they hold. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from catalog.lineage.closure import edge_order
from catalog.lineage.currency import Status, holding, outranked, status
from catalog.lineage.thing_closure import Link
from catalog.model.claim import Claim, Completion, SeenClaim, Via
from catalog.model.edge import Edge, edges_of
from catalog.model.reading import Quote
from ingest.flows import Flow, owner_of


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an edge is believed; `quote`: where the SQL says so, of parsed SQL."""

    claim: Claim
    first_seen: datetime
    last_seen: datetime
    status: Status
    quote: Quote | None = None

    @property
    def authoritative(self) -> bool:
        """Tell whether the edge is there because of this."""
        return self.status is not Status.SUPERSEDED


@dataclass(frozen=True, slots=True)
class Testimony:
    """All that is known of one maker's edges: its claims and its newest completed runs."""

    claims: Sequence[SeenClaim]
    completions: Sequence[Completion]


def evidence_of(
    edge: Edge | Link, testimonies: Mapping[Via, Testimony], now: datetime
) -> tuple[Evidence, ...]:
    """Give the evidence of an edge, what counts first, then the latest."""
    testimony = testimonies[edge.via]
    held = holding(testimony.claims, testimony.completions)
    found = [
        Evidence(
            seen.claim,
            seen.first,
            seen.last.time,
            status(seen, seen.claim in held, testimony.completions, now),
            next((quote for quote in seen.quotes if _quoted(quote, edge)), None),
        )
        for seen in testimony.claims
        if any(_tells(flow, edge) for flow in seen.claim.flows)
    ]
    return tuple(sorted(found, key=_order))


def disputed(testimony: Testimony) -> Sequence[Edge]:
    """Give the edges that only weaker evidence tells, between ends that better evidence parts."""
    claims, completions = testimony.claims, testimony.completions
    agreed = {(edge.source, edge.target) for edge in edges_of(holding(claims, completions))}
    told = edges_of(outranked(claims, completions))
    return sorted((e for e in told if (e.source, e.target) not in agreed), key=edge_order)


def best_status(evidence: Iterable[Evidence]) -> Status:
    """Give the status of an edge: that of its best evidence."""
    statuses = {one.status for one in evidence}
    return next((one for one in Status if one in statuses), Status.SUPERSEDED)


def _quoted(quote: Quote, edge: Edge | Link) -> bool:
    return isinstance(edge, Edge) and (quote.source, quote.target, quote.subtype) == (
        edge.source,
        edge.target,
        edge.subtype,
    )


def _tells(flow: Flow, edge: Edge | Link) -> bool:
    if isinstance(edge, Link):
        return owner_of(flow.source) == edge.source and owner_of(flow.target) == edge.target
    told = (flow.source, flow.target, flow.kind, flow.subtype)
    return told == (edge.source, edge.target, edge.kind, edge.subtype)


def _order(evidence: Evidence) -> tuple[object, ...]:
    return (not evidence.authoritative, -evidence.last_seen.timestamp(), evidence.claim.tier)

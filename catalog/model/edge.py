"""Edges: the flows that hold now, each with what makes it."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from catalog.model.claim import Claim, Via
from ingest.flows import End, Kind, Subtype


class Direction(enum.StrEnum):
    """With the data, or against it."""

    DOWNSTREAM = "DOWNSTREAM"
    UPSTREAM = "UPSTREAM"


@dataclass(frozen=True, slots=True)
class Edge:
    """Data goes from `source` to `target` through `via`.

    `masking`: all the evidence says that the value can no longer be told.
    """

    source: End
    target: End
    kind: Kind
    subtype: Subtype
    via: Via
    masking: bool = False

    def start(self, direction: Direction) -> End:
        """Give the end at which one comes in, walking in this direction."""
        return self.source if direction is Direction.DOWNSTREAM else self.target

    def finish(self, direction: Direction) -> End:
        """Give the end at which one comes out, walking in this direction."""
        return self.target if direction is Direction.DOWNSTREAM else self.source


def edges_of(claims: Iterable[Claim]) -> frozenset[Edge]:
    """Give the edges that the claims of one maker tell together."""
    masking: dict[Edge, bool] = {}
    for claim in claims:
        for flow in claim.flows:
            edge = Edge(flow.source, flow.target, flow.kind, flow.subtype, claim.via)
            masking[edge] = flow.masking and masking.get(edge, True)
    return frozenset(
        Edge(edge.source, edge.target, edge.kind, edge.subtype, edge.via, masks)
        for edge, masks in masking.items()
    )

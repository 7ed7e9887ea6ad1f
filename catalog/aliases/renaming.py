"""What is answered, in canonical names. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from catalog.aliases.classes import Classes
from catalog.lineage.thing_closure import Link
from catalog.model.claim import Claim, SeenClaim
from catalog.model.edge import Edge
from catalog.model.thing import Thing
from ingest.flows import End, Flow
from ingest.names import JobName


def canonical_thing(thing: Thing, classes: Classes) -> Thing:
    """Give the thing by its canonical name."""
    return thing if isinstance(thing, JobName) else classes.names(thing)[0]


def canonical_end(end: End, classes: Classes) -> End:
    """Give the end of the dataset by its canonical name."""
    if isinstance(end, JobName):
        return end
    name = classes.names(end.dataset)[0]
    return end if name == end.dataset else replace(end, dataset=name)


def ends_in_all_names(end: End, classes: Classes) -> Iterable[End]:
    """Give an end of each name of its dataset."""
    if isinstance(end, JobName):
        return (end,)
    return (replace(end, dataset=name) for name in classes.names(end.dataset))


def canonical_edge(edge: Edge, classes: Classes) -> Edge:
    """Give the edge between canonical names."""
    return replace(
        edge,
        source=canonical_end(edge.source, classes),
        target=canonical_end(edge.target, classes),
        via=canonical_thing(edge.via, classes),
    )


def canonical_link(link: Link, classes: Classes) -> Link:
    """Give the link between canonical names."""
    return Link(
        canonical_thing(link.source, classes),
        canonical_thing(link.target, classes),
        canonical_thing(link.via, classes),
    )


def merged(edges: Iterable[Edge]) -> Sequence[Edge]:
    """Give each edge once; it masks if it does under all names."""
    masking: dict[Edge, bool] = {}
    for edge in edges:
        plain = replace(edge, masking=False)
        masking[plain] = edge.masking and masking.get(plain, True)
    return [replace(edge, masking=masks) for edge, masks in masking.items()]


def canonical_claim(seen: SeenClaim, classes: Classes) -> SeenClaim:
    """Give the claim, and its quotes, in canonical names."""
    claim = seen.claim
    flows = tuple(_canonical_flow(flow, classes) for flow in claim.flows)
    target, via = canonical_thing(claim.target, classes), canonical_thing(claim.via, classes)
    if (via, target, flows) == (claim.via, claim.target, claim.flows):
        return seen
    said = Claim(
        via,
        target,
        claim.tier,
        claim.producer,
        claim.version,
        claim.schemas,
        claim.precise,
        flows,
    )
    quotes = tuple(
        replace(
            one,
            source=canonical_end(one.source, classes),
            target=canonical_end(one.target, classes),
        )
        for one in seen.quotes
    )
    return replace(seen, claim=said, quotes=quotes)


def _canonical_flow(flow: Flow, classes: Classes) -> Flow:
    source, target = canonical_end(flow.source, classes), canonical_end(flow.target, classes)
    if source is flow.source and target is flow.target:
        return flow
    return replace(flow, source=source, target=target)

"""Which claims hold, and the edges and links that follow from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple, TypeAlias

from catalog.lineage.currency import RECENT_RUNS, holding, in_force
from catalog.lineage.thing_closure import Link
from catalog.model.claim import Claim, Completion, SeenClaim, Via
from catalog.model.edge import Edge, edges_of
from catalog.stores.codec import owner_from_json
from catalog.stores.neo4j.connection import Row, Transaction, pairs, rows
from catalog.stores.neo4j.keys import end_key, thing_key
from catalog.stores.neo4j.queries import queries
from catalog.stores.neo4j.reading import completions_by_key
from catalog.stores.neo4j.rows import (
    Properties,
    claim_from_property,
    stamp_from_text,
)
from ingest.flows import Flow, Kind, Subtype, Tier, owner_of
from ingest.names import JobName

_Q = queries("edges")


class _Change(NamedTuple):
    """The keys of the claims of one maker that held until now, and of those that hold now."""

    before: frozenset[str]
    after: frozenset[str]


_Told: TypeAlias = dict[Edge, tuple[bool, list[str]]]
"""Edges without their masking, which stands here, with the keys of the claims that tell them."""


async def settle(
    transaction: Transaction, makers: Collection[Via], unstated: Collection[str]
) -> None:
    """Decide which claims of these makers hold, and bring edges and links up to that.

    `unstated`: the keys of claims that nobody states any more; they are about to go.
    """
    keyed = {thing_key(via): via for via in makers}
    completions = await completions_by_key(transaction, _jobs(keyed), RECENT_RUNS)
    candidates = await _candidates(transaction, keyed, completions)
    changes = [
        change
        for key, via in keyed.items()
        if (found := candidates.get(key))
        and (change := _decide(via, found, completions.get(key, ()), unstated))
    ]
    if changes:
        await _hold(transaction, changes)
        await _draw(transaction, changes)


def _decide(
    via: Via,
    candidates: Iterable[Row],
    completions: Sequence[Completion],
    unstated: Collection[str],
) -> _Change | None:
    held: set[str] = set()
    stated: dict[str, SeenClaim] = {}
    for key, holds, *face in candidates:
        if holds:
            held.add(key)
        if key not in unstated:
            stated[key] = _face(via, key, face)
    claims = holding(stated.values(), completions)
    hold = {key for key, one in stated.items() if one.claim in claims}
    return _Change(frozenset(held), frozenset(hold)) if held != hold else None


def _face(via: Via, key: str, face: Row) -> SeenClaim:
    """Read a claim without its flows: they do not decide whether it holds.

    One flow stands in for them, so that claims with other flows stay other claims.
    """
    target, tier, producer, version, precise, first, last = face
    stand_in = Flow(JobName("", key), JobName("", key), Kind.DIRECT, Subtype.UNTOLD)
    return SeenClaim(
        Claim(
            via=via,
            target=owner_from_json(target),
            tier=Tier(tier),
            producer=producer,
            version=version,
            schemas=None,
            precise=precise,
            flows=(stand_in,),
        ),
        datetime.fromisoformat(first),
        stamp_from_text(last),
    )


def _jobs(makers: Mapping[str, Via]) -> list[str]:
    return sorted(key for key, via in makers.items() if isinstance(via, JobName))


async def _candidates(
    transaction: Transaction,
    makers: Mapping[str, Via],
    completions: Mapping[str, list[Completion]],
) -> Mapping[str, list[Row]]:
    asked = [
        {"key": key, "versions": sorted(in_force(completions.get(key, ())))}
        for key in sorted(makers)
    ]
    return await pairs(transaction, _Q["candidates"], makers=asked)


async def _hold(transaction: Transaction, changes: Iterable[_Change]) -> None:
    turned = [
        {"key": key, "holds": key in change.after}
        for change in changes
        for key in sorted(change.before ^ change.after)
    ]
    await rows(transaction, _Q["hold"], rows=turned)


async def _draw(transaction: Transaction, changes: Iterable[_Change]) -> None:
    """Bring edges and links up to the claims that hold."""
    keys = sorted({key for change in changes for key in change.before | change.after})
    bodies = {
        key: claim_from_property(body)
        for key, body in await rows(transaction, _Q["bodies"], keys=keys)
    }
    old: _Told = {}
    new: _Told = {}
    for change in changes:
        old |= _told({key: bodies[key] for key in change.before})
        new |= _told({key: bodies[key] for key in change.after})
    gone = [_edge_row(edge) for edge in old if edge not in new]
    fresh = [_edge_row(edge, *told) for edge, told in new.items() if edge not in old]
    other = [_edge_row(edge, *told) for edge, told in new.items() if old.get(edge, told) != told]
    for query, found in (("delete_edges", gone), ("update_edges", other), ("create_edges", fresh)):
        if found:
            found.sort(key=_place)
            await rows(transaction, _Q[query], rows=found)
    before, after = _links(old), _links(new)
    for query, links in (("delete_links", before - after), ("create_links", after - before)):
        if links:
            await rows(transaction, _Q[query], rows=[_link_row(link) for link in sorted(links)])


def _told(claims: Mapping[str, Claim]) -> _Told:
    """Give the edges that claims of one maker tell, each with its masking and those claims."""
    by: defaultdict[Edge, set[str]] = defaultdict(set)
    for key, claim in claims.items():
        for edge in edges_of([claim]):
            by[replace(edge, masking=False)].add(key)
    return {
        replace(edge, masking=False): (edge.masking, sorted(by[replace(edge, masking=False)]))
        for edge in edges_of(claims.values())
    }


def _edge_row(edge: Edge, masking: bool = False, claims: Iterable[str] = ()) -> Properties:
    return {
        "source": end_key(edge.source),
        "target": end_key(edge.target),
        "kind": edge.kind,
        "subtype": edge.subtype,
        "via": thing_key(edge.via),
        "masking": masking,
        "claims": list(claims),
    }


def _place(row: Properties) -> tuple[str, str, str, str, str]:
    return (row["source"], row["target"], row["kind"], row["subtype"], row["via"])


def _links(edges: Iterable[Edge]) -> set[tuple[str, str, str]]:
    found = {Link(owner_of(edge.source), owner_of(edge.target), edge.via) for edge in edges}
    return {
        (thing_key(link.source), thing_key(link.target), thing_key(link.via))
        for link in found
        if link.source != link.target
    }


def _link_row(link: tuple[str, str, str]) -> Properties:
    source, target, via = link
    return {"source": source, "target": target, "via": via}

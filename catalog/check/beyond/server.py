"""Asking a catalog that serves GraphQL."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar
from urllib.error import URLError
from urllib.parse import urlsplit

from catalog.check.beyond.elsewhere import Behind, Label, Refused
from catalog.errors import Invalid, Unavailable
from catalog.model.change import ChangeKind, Rows, SchemaChange
from catalog.model.description import OWN_TAGS
from catalog.model.report import (
    Acknowledgement,
    Certainty,
    Coverage,
    Criticality,
    Edit,
    Effects,
    Impact,
    Proof,
    Report,
    ThingKind,
    Unparsed,
    Verdict,
)
from catalog.whatif.composed import Composed
from catalog.whatif.tags import label_of
from ingest.facts import Tag
from ingest.names import ColumnName, DatasetName

_N = TypeVar("_N", DatasetName, ColumnName)

SECONDS = 60.0
AT_ONCE = 20
"""How many datasets are asked for in one question: a server allows so many aliases."""

PAGE = 1_000
_REFUSED = frozenset({"invalid", "not_found"})

_IMPACT = """query ($changes: [ChangeInput!]!, $after: String) {
  impact(changes: $changes) {
    complete coverage { jobs parsed columns resolved truncated unparsed { name reason } }
    impacts(first: 1000, after: $after) { pageInfo { hasNextPage endCursor } edges { node {
      kind namespace name verdict certainty columns reason path owners criticality jobs blockedBy
      effects { rows columns rebound schema { kind column from to } }
      proof { message file line column sql }
      edits { file line before after } } } } } }"""

_NODES = """query ($ids: [String!]!) {
  dbtNodes(uniqueIds: $ids) { uniqueId datasets { namespace name } } }"""

_ACCEPTED = """query ($after: String) {
  acknowledgements(first: 1000, after: $after) {
    pageInfo { hasNextPage endCursor } edges { node { namespace name change by why until } } } }"""

_THING = """__typename
      ... on Dataset { namespace name owners { name } criticality consumer }
      ... on Job { namespace name owners { name } criticality consumer }"""

_LABELS = """{ tags { key value }
  inheritedTags { tag { key value } source { name dataset { name } } } }"""

_EXPOSED = f"{{ found(first: 1000) {{ edges {{ node {{ thing {{ {_THING} }} }} }} }} }}"

_BEHIND = """query ($of: NameInput!) {
  lineage(roots: [{dataset: $of}], grain: DATASET, limit: 5000) { truncated
    reached(first: 1000) { edges { node { end { THING } } } } } }""".replace("THING", _THING)


class CatalogServer:
    """A catalog behind an address."""

    def __init__(self, url: str) -> None:
        """Take an address; nothing is asked yet.

        Raises:
            Invalid: it is none of a server.
        """
        if urlsplit(url).scheme not in {"http", "https"}:
            raise Invalid(f"--server {url}: say an address that begins with http:// or https://")
        self._url = url.rstrip("/") + "/graphql"

    def known(self, datasets: Collection[DatasetName]) -> Mapping[DatasetName, DatasetName]:
        """Give those of these that it knows, each with the name by which it calls it."""
        told = self._each({one: f"dataset({_name(one)}) {{ namespace name }}" for one in datasets})
        return {one: DatasetName(known["namespace"], known["name"]) for one, known in told.items()}

    def made_of(self, nodes: Collection[str]) -> Mapping[str, Sequence[DatasetName]]:
        """Give what dbt made of nodes of its projects."""
        if not nodes:
            return {}
        told, _ = self._ask(_NODES, {"ids": sorted(nodes)})
        return {
            one["uniqueId"]: [DatasetName(it["namespace"], it["name"]) for it in one["datasets"]]
            for one in told["dbtNodes"]
        }

    @property
    def outdated(self) -> bool:
        """A server knows what there is to know."""
        return False

    def impact(self, changes: Sequence[Composed]) -> Report:
        """Judge changes."""
        impacts: list[Impact] = []
        after: str | None = None
        while True:
            asked = {"changes": [_input(one) for one in changes], "after": after}
            told, errors = self._ask(_IMPACT, asked)
            if errors:
                raise Refused("; ".join(errors))
            page = told["impact"]["impacts"]
            impacts += [_impact(edge["node"]) for edge in page["edges"]]
            if not page["pageInfo"]["hasNextPage"]:
                coverage = _coverage(told["impact"]["coverage"])
                return Report((), tuple(impacts), coverage, bool(told["impact"]["complete"]))
            after = page["pageInfo"]["endCursor"]

    def accepted(self) -> Sequence[Acknowledgement]:
        """Give what people accept, of things and changes as the catalog calls them."""
        found: list[Acknowledgement] = []
        after: str | None = None
        while True:
            told, _ = self._ask(_ACCEPTED, {"after": after})
            page = told["acknowledgements"]
            found += [_accepted(edge["node"]) for edge in page["edges"]]
            if not page["pageInfo"]["hasNextPage"]:
                return found
            after = page["pageInfo"]["endCursor"]

    def labels(self, columns: Collection[ColumnName]) -> Mapping[ColumnName, Sequence[Label]]:
        """Give the labels that columns have, and those that come with their values."""
        told = self._each({one: f"column({_column(one)}) {_LABELS}" for one in columns})
        return {one: list(_labels(known)) for one, known in told.items()}

    def exposed(self, columns: Collection[ColumnName]) -> Mapping[ColumnName, Sequence[Behind]]:
        """Give the consumers that the values of columns come to, unmasked."""
        known = self._each({one: f"column({_column(one)}) {{ id }}" for one in columns})
        told = self._each(
            {
                one: f"consumers(of: {{id: {json.dumps(it['id'])}}}, asIs: true) {_EXPOSED}"
                for one, it in known.items()
            }
        )
        return {
            one: [
                replace(_behind(edge["node"]["thing"]), kind=ThingKind.CONSUMER)
                for edge in answer["found"]["edges"]
            ]
            for one, answer in told.items()
        }

    def _each(self, asked: Mapping[_N, str]) -> dict[_N, dict[str, Any]]:
        """Ask a field of each of several things; gives what is known, by thing."""
        ordered = sorted(asked)
        found: dict[_N, dict[str, Any]] = {}
        for start in range(0, len(ordered), AT_ONCE):
            some = ordered[start : start + AT_ONCE]
            fields = " ".join(f"n{place}: {asked[one]}" for place, one in enumerate(some))
            told, _ = self._ask(f"{{ {fields} }}", {})
            found |= {
                one: known for place, one in enumerate(some) if (known := told.get(f"n{place}"))
            }
        return found

    def behind(self, dataset: DatasetName) -> tuple[Sequence[Behind], bool]:
        """Give what reads a dataset, over any number of steps, and whether that is not all."""
        of = {"namespace": dataset.namespace, "name": dataset.name}
        told, errors = self._ask(_BEHIND, {"of": of})
        if errors:
            raise Refused("; ".join(errors))
        edges = told["lineage"]["reached"]["edges"]
        cut = bool(told["lineage"]["truncated"]) or len(edges) == PAGE
        ends = [edge["node"]["end"] for edge in edges]
        return [_behind(end) for end in ends if end["__typename"] in _KINDS], cut

    def _ask(self, query: str, variables: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
        """Ask one question; gives the data, and what the server refuses.

        Raises:
            Unavailable: the server does not answer, or fails.
        """
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(  # noqa: S310 (the scheme was looked at)
            self._url, body, {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as response:  # noqa: S310
                answer: Any = json.loads(response.read())
        except (URLError, TimeoutError, OSError, ValueError) as error:
            raise Unavailable(f"the catalog at {self._url} does not answer: {error}") from error
        errors: list[Any] = answer.get("errors") or []
        worse = [one for one in errors if one.get("extensions", {}).get("code") not in _REFUSED]
        if worse:
            raise Unavailable(f"the catalog at {self._url} fails: {worse[0].get('message')}")
        return answer.get("data") or {}, [str(one.get("message")) for one in errors]


def _name(dataset: DatasetName) -> str:
    """Write the arguments by which a dataset is asked for."""
    return f"namespace: {json.dumps(dataset.namespace)}, name: {json.dumps(dataset.name)}"


def _column(column: ColumnName) -> str:
    return f"{_name(column.dataset)}, column: {json.dumps('.'.join(column.path))}"


def _labels(told: dict[str, Any]) -> Iterator[Label]:
    for tag in told["tags"]:
        if not tag["key"].startswith(OWN_TAGS):
            yield Label(label_of(Tag(tag["key"], tag["value"])))
    for one in told["inheritedTags"]:
        source = f"{one['source']['dataset']['name']}.{one['source']['name']}"
        yield Label(label_of(Tag(one["tag"]["key"], one["tag"]["value"])), source)


_KINDS = {"Dataset": ThingKind.DATASET, "Job": ThingKind.JOB}


def _input(change: Composed) -> dict[str, Any]:
    name: dict[str, Any] = {"namespace": change.dataset.namespace, "name": change.dataset.name}
    if change.column is None:
        of: dict[str, Any] = {"dataset": name}
    else:
        of = {"column": {**name, "column": change.column}}
    return {"kind": change.kind.name, "of": of, "to": change.to, "sql": change.sql}


def _accepted(node: dict[str, Any]) -> Acknowledgement:
    told = (node[name] for name in ("namespace", "name", "change", "by", "why"))
    return Acknowledgement(*told, until=date.fromisoformat(node["until"]))


def _behind(end: dict[str, Any]) -> Behind:
    return Behind(
        ThingKind.CONSUMER if end["consumer"] else _KINDS[end["__typename"]],
        end["namespace"],
        end["name"],
        tuple(one["name"] for one in end["owners"]),
        Criticality[end["criticality"]],
    )


def _impact(node: dict[str, Any]) -> Impact:
    proof = node["proof"]
    return Impact(
        ThingKind[node["kind"]],
        node["namespace"],
        node["name"],
        Verdict[node["verdict"]],
        Certainty[node["certainty"]] if node["certainty"] else None,
        _effects(node["effects"]),
        tuple(node["columns"]),
        node["reason"],
        Proof(**proof) if proof else None,
        tuple(node["path"]),
        tuple(node["owners"]),
        Criticality[node["criticality"]],
        tuple(node["jobs"]),
        tuple(Edit(**one) for one in node["edits"]),
        tuple(node["blockedBy"]),
    )


def _coverage(told: dict[str, Any]) -> Coverage:
    unparsed = tuple(Unparsed(one["name"], one["reason"]) for one in told["unparsed"])
    counts = (told[name] for name in ("jobs", "parsed", "columns", "resolved"))
    return Coverage(*counts, unparsed=unparsed, truncated=bool(told["truncated"]))


def _effects(told: dict[str, Any]) -> Effects:
    return Effects(
        tuple(_schema(told["schema"])),
        Rows[told["rows"]],
        tuple(told["columns"]),
        tuple(told["rebound"]),
    )


def _schema(told: Iterable[dict[str, Any]]) -> Iterator[SchemaChange]:
    for one in told:
        yield SchemaChange(ChangeKind[one["kind"]], one["column"], one["from"], one["to"])

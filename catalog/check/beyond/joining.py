"""A project's report joined with what the catalog says of everything else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from catalog.check.beyond.reaching import Reaching, reaching
from catalog.check.beyond.server import CatalogServer, Refused
from catalog.check.settings import ProjectSettings
from catalog.impact.binding import BoundProject
from catalog.impact.report import order
from catalog.model.change import ChangeKind, Rows, SchemaChange
from catalog.model.report import (
    Certainty,
    Criticality,
    Effects,
    Impact,
    Proof,
    Report,
    ThingKind,
    Verdict,
)
from ingest.names import DatasetName


def joined(
    report: Report,
    states: tuple[BoundProject, BoundProject],
    settings: ProjectSettings,
    server: CatalogServer,
) -> Report:
    """Add what happens beyond the project.

    Raises:
        Invalid: the settings do not tell what the catalog calls the project's relations.
        Unavailable: the server does not answer.
    """
    leaving, own = reaching(*states, settings)
    if not leaving:
        return report
    known = server.known({one.dataset for one in leaving})
    found = _Beyond(server, own)
    for one in leaving:
        if one.dataset not in known:
            found.unmatched.append(f"{one.dataset.namespace} {one.dataset.name}")
    matched = [one for one in leaving if one.dataset in known]
    found.ask([one for one in matched if one.changes])
    for one in matched:
        if one.stale is not None:
            found.behind(one, one.stale)
    coverage = replace(
        report.coverage,
        unmatched=tuple(sorted({*report.coverage.unmatched, *found.unmatched})),
        truncated=report.coverage.truncated or found.truncated,
    )
    return replace(
        report,
        impacts=tuple(sorted((*report.impacts, *found.impacts.values()), key=order)),
        coverage=coverage,
        complete=report.complete and found.complete and not found.unmatched,
    )


@dataclass(slots=True, eq=False)
class _Beyond:
    server: CatalogServer
    own: frozenset[DatasetName]
    impacts: dict[tuple[str, str], Impact] = field(default_factory=dict[tuple[str, str], Impact])
    unmatched: list[str] = field(default_factory=list[str])
    complete: bool = True
    truncated: bool = False

    def ask(self, leaving: list[Reaching]) -> None:
        """Ask what changes do: all at once, or, if one cannot be made there, one by one."""
        if not leaving:
            return
        try:
            self._take(*self.server.impact([it for one in leaving for it in one.changes]))
        except Refused as error:
            if len(leaving) == 1:
                self.unmatched.append(f"{leaving[0].dataset.name}: {error}")
                return
            for one in leaving:
                self.ask([one])

    def behind(self, reaching: Reaching, job: str) -> None:
        """Whatever reads what is not made any more gets stale."""
        ends, cut = self.server.behind(reaching.dataset)
        self.truncated |= cut
        self.complete &= not cut
        for end in ends:
            if end["__typename"] in _KINDS:
                self._add(_stale(end, reaching, job))

    def _take(self, told: dict[str, Any], nodes: Iterable[Any]) -> None:
        self.complete &= bool(told["complete"])
        self.truncated |= bool(told["coverage"]["truncated"])
        for node in nodes:
            self._add(_impact(node))

    def _add(self, impact: Impact) -> None:
        """Of two impacts on one thing the stronger is told; what is the project's own is known."""
        if DatasetName(impact.namespace, impact.name) in self.own:
            return
        key = (impact.namespace, impact.name)
        known = self.impacts.get(key)
        if known is None or _rank(impact) < _rank(known):
            self.impacts[key] = impact


def _rank(impact: Impact) -> int:
    return list(Verdict).index(impact.verdict)


_KINDS = {"Dataset": ThingKind.DATASET, "Job": ThingKind.JOB}


def _stale(end: dict[str, Any], reaching: Reaching, job: str) -> Impact:
    kind = ThingKind.CONSUMER if end["consumer"] else _KINDS[end["__typename"]]
    return Impact(
        kind,
        end["namespace"],
        end["name"],
        Verdict.BLOCKED,
        Certainty.OBSERVED,
        reason=f"{job} breaks, so it gets stale.",
        path=(reaching.relation, end["name"]),
        owners=tuple(one["name"] for one in end["owners"]),
        criticality=Criticality[end["criticality"]],
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
    )


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

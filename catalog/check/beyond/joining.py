"""A project's report joined with what the catalog says of everything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import reduce

from catalog.check.beyond.elsewhere import Behind, Elsewhere, Refused
from catalog.check.beyond.names import Names
from catalog.check.beyond.reaching import Reaching, called, reaching
from catalog.impact.binding import BoundProject
from catalog.impact.report import order
from catalog.model.report import Acknowledgement, Certainty, Coverage, Impact, Report, Verdict
from ingest.names import DatasetName


def joined(
    report: Report,
    states: tuple[BoundProject, BoundProject],
    names: Names,
    elsewhere: Elsewhere,
) -> Report:
    """Add what happens beyond the project.

    Raises:
        Invalid: the settings do not tell what the catalog calls the project's relations.
        Unavailable: the catalog does not answer.
    """
    leaving = reaching(*states, names)
    if not leaving:
        return report
    known = elsewhere.known({one.dataset for one in leaving})
    shown = called(*states, names)
    own = {**shown, **{name: shown[one] for one, name in known.items()}}
    found = _Beyond(elsewhere, own, complete=not elsewhere.outdated)
    for one in leaving:
        if one.dataset not in known:
            found.unmatched.append(f"{one.dataset.namespace} {one.dataset.name}")
    matched = [one for one in leaving if one.dataset in known]
    found.ask([one for one in matched if one.changes])
    for one in matched:
        if one.stale is not None:
            found.behind(one, one.stale)
    coverage = reduce(_together, found.examined, report.coverage)
    coverage = replace(
        coverage,
        unmatched=tuple(sorted({*coverage.unmatched, *found.unmatched})),
        truncated=coverage.truncated or found.truncated,
    )
    return replace(
        report,
        impacts=tuple(sorted((*report.impacts, *found.impacts.values()), key=order)),
        coverage=coverage,
        complete=report.complete and found.complete and not found.unmatched,
    )


def accepted(
    states: tuple[BoundProject, BoundProject], names: Names, elsewhere: Elsewhere
) -> list[Acknowledgement]:
    """Give what people accept in the catalog, of things and changes as the project calls them.

    Raises:
        Unavailable: the catalog does not answer.
    """
    words = elsewhere.accepted()
    if not words:
        return []
    shown = called(*states, names)
    own = {known: shown[name] for name, known in elsewhere.known(shown).items()}
    changed = {name.name.lower(): it for names in (shown, own) for name, it in names.items()}
    return [replace(_of_ours(one, own), change=_ours(one.change, changed)) for one in words]


def _of_ours(word: Acknowledgement, own: Mapping[DatasetName, str]) -> Acknowledgement:
    """Call a thing of the project what the project calls it."""
    shown = own.get(DatasetName(word.namespace or "", word.name))
    return replace(word, namespace="", name=shown) if shown is not None else word


def _ours(change: str, own: Mapping[str, str]) -> str:
    """Call the dataset of `kind dataset[.column]` what the project calls it."""
    kind, _, thing = change.partition(" ")
    dataset, _, column = thing.rpartition(".")
    if thing.lower() in own:
        return f"{kind} {own[thing.lower()]}"
    if dataset.lower() in own:
        return f"{kind} {own[dataset.lower()]}.{column}"
    return change


@dataclass(slots=True, eq=False)
class _Beyond:
    elsewhere: Elsewhere
    own: Mapping[DatasetName, str]
    impacts: dict[tuple[str, str], Impact] = field(default_factory=dict[tuple[str, str], Impact])
    unmatched: list[str] = field(default_factory=list[str])
    examined: list[Coverage] = field(default_factory=list[Coverage])
    complete: bool = True
    truncated: bool = False

    def ask(self, leaving: list[Reaching]) -> None:
        """Ask what changes do: all at once, or, if one cannot be made there, one by one."""
        if not leaving:
            return
        try:
            self._take(self.elsewhere.impact([it for one in leaving for it in one.changes]))
        except Refused as error:
            if len(leaving) == 1:
                self.unmatched.append(f"{leaving[0].dataset.name}: {error}")
                return
            for one in leaving:
                self.ask([one])

    def behind(self, reaching: Reaching, job: str) -> None:
        """Whatever reads what is not made any more gets stale."""
        things, cut = self.elsewhere.behind(reaching.dataset)
        self.truncated |= cut
        self.complete &= not cut
        for thing in things:
            self._add(_stale(thing, reaching, job))

    def _take(self, told: Report) -> None:
        self.complete &= told.complete
        self.examined.append(told.coverage)
        ours = {name.name: shown for name, shown in self.own.items()}
        for impact in told.impacts:
            blockers = tuple(ours.get(name, name) for name in impact.blocked_by)
            self._add(replace(impact, blocked_by=blockers))

    def _add(self, impact: Impact) -> None:
        """Of two impacts on one thing the stronger is told; what is the project's own is known."""
        if DatasetName(impact.namespace, impact.name) in self.own:
            return
        key = (impact.namespace, impact.name)
        known = self.impacts.get(key)
        if known is None or _rank(impact) < _rank(known):
            self.impacts[key] = impact
        elif impact.verdict is known.verdict is Verdict.BLOCKED:
            blockers = tuple(sorted({*known.blocked_by, *impact.blocked_by}))
            self.impacts[key] = replace(known, blocked_by=blockers)


def _together(one: Coverage, other: Coverage) -> Coverage:
    """Add up what was examined; the project's own dialect is the one that is told."""
    return replace(
        one,
        jobs=one.jobs + other.jobs,
        parsed=one.parsed + other.parsed,
        columns=one.columns + other.columns,
        resolved=one.resolved + other.resolved,
        unparsed=(*one.unparsed, *other.unparsed),
        truncated=one.truncated or other.truncated,
    )


def _rank(impact: Impact) -> int:
    return list(Verdict).index(impact.verdict)


def _stale(thing: Behind, reaching: Reaching, job: str) -> Impact:
    return Impact(
        thing.kind,
        thing.namespace,
        thing.name,
        Verdict.BLOCKED,
        Certainty.OBSERVED,
        reason=f"{job} breaks, so it gets stale.",
        blocked_by=reaching.blockers,
        path=(reaching.relation, thing.name),
        owners=thing.owners,
        criticality=thing.criticality,
    )

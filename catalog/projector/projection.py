"""What a stretch of the log changes in the graph. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from catalog.model.claim import Contribution
from catalog.model.thing import ThingSlot
from catalog.ports import Changes
from catalog.projector.contribution import contribution_of_declaration, contribution_of_run
from ingest.facts import (
    Acceptance,
    DatasetType,
    DbtNode,
    Deleted,
    Documentation,
    Fact,
    JobType,
    Lifecycle,
    Ownership,
    Report,
    RunEvent,
    SourceCode,
    SourceLocation,
    Sql,
    Symlinks,
    Tags,
    Verbatim,
)
from ingest.folds import RunFold, Said, fold_child, fold_run, later, parent_of_sql
from ingest.names import RunKey

_OF_THINGS = (
    Acceptance,
    DatasetType,
    DbtNode,
    Deleted,
    Documentation,
    Lifecycle,
    Ownership,
    Symlinks,
    Tags,
    Verbatim,
)
"""What is said about a thing as such, also when a run says it."""

_OF_DESIGN = (*_OF_THINGS, JobType, SourceCode, SourceLocation, Sql)
"""What is said about a thing as such when nothing runs."""


def runs_in(reports: Iterable[Report]) -> frozenset[RunKey]:
    """Give the runs that reports speak of: their folds must be known before projecting."""
    told = list(reports)
    own = {report.subject.run for report in told if isinstance(report.subject, RunEvent)}
    return frozenset({*own, *(run for report in told if (run := parent_of_sql(report)))})


def project(reports: Sequence[Report], known: Mapping[RunKey, RunFold], cursor: int) -> Changes:
    """Fold reports into what is known of their runs, and conclude what follows.

    `known`: the folds of `runs_in(reports)`, as far as there are any.
    """
    folds = dict(known)
    touched: set[RunKey] = set()
    sayings: dict[ThingSlot, Said] = {}
    declared: list[Contribution] = []
    for report in reports:
        if isinstance(report.subject, RunEvent):
            run = report.subject.run
            folds[run] = fold_run(folds.get(run, RunFold(run)), report)
            touched.add(run)
            if parent := parent_of_sql(report):
                folds[parent] = fold_child(folds.get(parent, RunFold(parent)), report)
                touched.add(parent)
        else:
            declared.append(contribution_of_declaration(report))
        for slot, said in _said_of_things(report):
            sayings[slot] = later(sayings[slot], said) if slot in sayings else said
    runs = {run: folds[run] for run in touched}
    return Changes(
        cursor=cursor,
        runs=runs,
        sayings=sayings,
        contributions=(*declared, *map(contribution_of_run, runs.values())),
    )


def _said_of_things(report: Report) -> Iterator[tuple[ThingSlot, Said]]:
    kinds = _OF_THINGS if isinstance(report.subject, RunEvent) else _OF_DESIGN
    for fact in report.facts:
        if isinstance(fact.saying, kinds) and not isinstance(fact.about, RunKey):
            slot = ThingSlot(fact.about, report.producer, _key(fact, report))
            yield slot, Said(report.stamp, report.producer, fact.saying)


def _key(fact: Fact, report: Report) -> str:
    """Facets replace each other, but other names and the ends of lives are all remembered."""
    match fact.saying:
        case Symlinks(identifiers):
            names = sorted((one.name.namespace, one.name.name, one.type) for one in identifiers)
            return f"{fact.facet} {names}"
        case Lifecycle(change, previous) if change in ("DROP", "RENAME"):
            return f"{fact.facet} {change} {report.time.isoformat()} {previous}"
        case Lifecycle(change, _):
            return f"{fact.facet} {change}"
        case _:
            return fact.facet

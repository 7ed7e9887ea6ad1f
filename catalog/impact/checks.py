"""Checks that a change can break: what is demanded of a relation, and what it gives now.

A test that no longer runs is told by binding it; here its rule is held against the query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from catalog.impact.binding import BoundProject
from catalog.impact.proof import CHECKED
from catalog.impact.values import values_of
from catalog.model.change import Change, ChangeKind
from catalog.model.project import Check, RuleKind
from catalog.model.report import Certainty, Proof
from ingest.sql.schema import type_of_text
from ingest.sql.types.kinds import same_kind


@dataclass(frozen=True, slots=True)
class BrokenCheck:
    """A rule does not hold, or may not; `columns`: those of the relation that offend."""

    check: Check
    proof: Proof
    certainty: Certainty
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Offence:
    message: str
    columns: tuple[str, ...]
    certainty: Certainty


def broken_checks(base: BoundProject, head: BoundProject) -> Iterator[BrokenCheck]:
    """Give the checks of head whose rule held at base, as far as that shows, and does not now."""
    before = {one.name: one for one in base.project.checks}
    for check in head.project.checks:
        offence = _RULES[check.kind](head, check)
        old = before.get(check.name)
        if offence is None or not _is_new(base, old, check, offence):
            continue
        place = check.place
        proof = Proof(offence.message, place.file, place.line, place.column, check.line or None)
        yield BrokenCheck(check, proof, offence.certainty, offence.columns)


def _is_new(base: BoundProject, old: Check | None, check: Check, offence: _Offence) -> bool:
    """Whether it held before. Of a new test for unique rows only the data can tell."""
    if old is None:
        return check.kind is not RuleKind.UNIQUE
    return _RULES[old.kind](base, old) != offence


def changed_checks(base: BoundProject, head: BoundProject) -> Iterator[Change]:
    """Give the contracts that demand something else than before."""
    before = {one.name: one for one in base.project.checks if one.guards}
    for check in head.project.checks:
        old = before.get(check.name)
        if check.guards and (old is None or old.columns != check.columns):
            shown = head.project.names.get(check.relation, check.relation)
            place = check.place
            yield Change(ChangeKind.CHECK, shown, file=place.file, line=place.line)


def _accepted(bound: BoundProject, check: Check) -> _Offence | None:
    """The query writes a value that is not accepted."""
    ((column, _),) = check.columns
    found = values_of(bound, check.relation.lower(), column.lower()) or frozenset[str]()
    others = sorted(found - set(check.values))
    if not others:
        return None
    listed = ", ".join(f"'{one}'" for one in others)
    message = f'"{column}" may be {listed}, which is not among the accepted values.'
    return _Offence(message, (column,), Certainty.DATA_DEPENDENT)


def _unique(bound: BoundProject, check: Check) -> _Offence | None:
    """The query does not make it unique. Whether it is all the same depends on the data."""
    key = check.relation.lower()
    meanings = bound.meanings.get(key, ())
    if len(meanings) != 1 or len(meanings[0].results) != 1:
        return None
    wanted = {name.lower() for name, _ in check.columns}
    keys = meanings[0].results[0].keys
    if any({one.lower() for one in key} <= wanted for key in keys):
        return None
    names = ", ".join(f'"{name}"' for name, _ in check.columns)
    message = f"Nothing in the query makes {names} unique any more."
    return _Offence(message, tuple(name for name, _ in check.columns), Certainty.DATA_DEPENDENT)


def _columns(bound: BoundProject, check: Check) -> _Offence | None:
    """The query has other columns than the contract, or of other types."""
    key = check.relation.lower()
    given = bound.columns.get(key)
    failed = any(meaning.problems for meaning in bound.meanings.get(key, ()))
    if given is None or key in bound.open or failed:
        return None
    dialect = bound.project.dialect
    wanted = {name.lower(): (name, type_) for name, type_ in check.columns}
    have = {one.key.lower(): one for one in given}
    told = [
        *[f'"{name}" is missing' for key, (name, _) in wanted.items() if key not in have],
        *[f'"{one.name}" is not in the contract' for key, one in have.items() if key not in wanted],
    ]
    names = [name for key, (name, _) in wanted.items() if key not in have]
    names += [one.name for key, one in have.items() if key not in wanted]
    certainty = Certainty.PROVEN if told or dialect in CHECKED else Certainty.DATA_DEPENDENT
    for key, (name, type_) in wanted.items():
        if key not in have or not type_ or not have[key].type:
            continue
        if not same_kind(type_of_text(type_, dialect), type_of_text(have[key].type, dialect)):
            told.append(f'"{name}" is {have[key].type} instead of {type_}')
            names.append(name)
    return _Offence(f"{'; '.join(told)}.", tuple(sorted(names)), certainty) if told else None


_RULES: dict[RuleKind, Callable[[BoundProject, Check], _Offence | None]] = {
    RuleKind.ACCEPTED_VALUES: _accepted,
    RuleKind.UNIQUE: _unique,
    RuleKind.COLUMNS: _columns,
}

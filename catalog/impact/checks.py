"""Checks that a change can break: what is demanded of a relation, and what it gives now.

A test that no longer runs is told by binding it; here its rule is held against the query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from catalog.impact.absence import absences, moved, new_absence, why
from catalog.impact.binding import BoundProject
from catalog.impact.graph import Key
from catalog.impact.proof import CHECKED
from catalog.impact.values import gained_of, is_within, values_of
from catalog.model.change import Change, ChangeKind
from catalog.model.project import Check, RuleKind
from catalog.model.report import Certainty, Proof
from ingest.sql.gaps import GapKind
from ingest.sql.schema import type_of_text
from ingest.sql.types.kinds import same_kind


@dataclass(frozen=True, slots=True)
class BrokenCheck:
    """A rule does not hold, or may not; `columns`: those of the relation that offend.

    `path`: from where that begins to the relation, if it is not where the change is.
    """

    check: Check
    proof: Proof
    certainty: Certainty
    columns: tuple[str, ...]
    path: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class _Offence:
    message: str
    columns: tuple[str, ...]
    certainty: Certainty
    path: tuple[Key, ...] = ()


def broken_checks(base: BoundProject, head: BoundProject) -> Iterator[BrokenCheck]:
    """Give the checks of head whose rule held at base, as far as that shows, and does not now."""
    before = {one.name: one for one in base.project.checks}
    anew = moved(base, head)
    for check in head.project.checks:
        old = before.get(check.name)
        if check.kind is RuleKind.NOT_NULL and old and check.relation.lower() not in anew:
            continue
        offence = _offence(base, head, old, check)
        if offence is not None:
            proof = proof_of(check, offence.message)
            yield BrokenCheck(check, proof, offence.certainty, offence.columns, offence.path)


def proof_of(check: Check, message: str) -> Proof:
    """Give the place where a check is written."""
    place = check.place
    return Proof(message, place.file, place.line, place.column, check.line or None)


def _offence(
    base: BoundProject, head: BoundProject, old: Check | None, check: Check
) -> _Offence | None:
    """What offends and did not before. Of a new test for unique rows only the data can tell."""
    if check.kind is RuleKind.NOT_NULL:
        return _null(base, head, old, check)
    rule = _RULES.get(check.kind)
    found = rule(head, check) if rule is not None else None
    if found is None or rule is None or (old is None and check.kind is RuleKind.UNIQUE):
        return None
    return found if old is None or rule(base, old) != found else None


def _null(
    base: BoundProject, head: BoundProject, old: Check | None, check: Check
) -> _Offence | None:
    """A column may be NULL that could not be so. Of a new test, too, only the data can tell."""
    ((column, _),) = check.columns
    key = check.relation.lower()
    if check.guards and not head.nodes[key].definitions:
        return None  # nothing that is known writes to it
    if old is None:
        absent = absences(head, key, column.lower(), written=True) if check.guards else []
        found = next((one for one in absent if one.kind is not GapKind.UNTOLD), None)
    else:
        found = new_absence(base, head, key, column.lower(), written=check.guards)
    if found is None:
        return None
    certainty = Certainty.PROVEN if found.sure else Certainty.DATA_DEPENDENT
    return _Offence(why(head, found, column), (column,), certainty, found.path)


def changed_checks(base: BoundProject, head: BoundProject) -> Iterator[Change]:
    """Give the contracts that demand something else than before, and what may be NULL now."""
    yield from _nullability(base, head)
    before = {one.name: one for one in base.project.checks if one.guards}
    for check in head.project.checks:
        old = before.get(check.name)
        known = check.guards and check.relation.lower() in base.nodes
        if known and check.kind is not RuleKind.NOT_NULL and _differ(old, check):
            shown = head.project.names.get(check.relation, check.relation)
            place = check.place
            yield Change(ChangeKind.CHECK, shown, file=place.file, line=place.line)


def _differ(old: Check | None, new: Check) -> bool:
    return old is None or (old.columns, old.values) != (new.columns, new.values)


def _nullability(base: BoundProject, head: BoundProject) -> Iterator[Change]:
    """Columns of both states that are declared NOT NULL in one alone."""
    for state, other, became in ((base, head, False), (head, base, True)):
        for check in state.project.checks:
            key = check.relation.lower()
            if not check.guards or check.kind is not RuleKind.NOT_NULL or key not in other.nodes:
                continue
            for name, _ in check.columns:
                columns = {one.key.lower() for one in other.columns.get(key) or ()}
                if (key, name.lower()) not in other.not_null and name.lower() in columns:
                    yield _changed_to(head, check, name, not_null=became)


def _changed_to(head: BoundProject, check: Check, column: str, *, not_null: bool) -> Change:
    shown = head.project.names.get(check.relation, check.relation)
    was, is_ = ("NULL", "NOT NULL") if not_null else ("NOT NULL", "NULL")
    place = check.place
    return Change(ChangeKind.NULLABILITY, shown, column, was, is_, place.file, place.line)


def _accepted(bound: BoundProject, check: Check) -> _Offence | None:
    """The query writes a value that is not accepted."""
    ((column, _),) = check.columns
    end = (check.relation.lower(), column.lower())
    found = (values_of(bound, *end) or frozenset[str]()) | gained_of(bound, *end)
    others = sorted(found - set(check.values))
    if not others:
        return None
    listed = ", ".join(f"'{one}'" for one in others)
    message = f'"{column}" may be {listed}, which is not among the accepted values.'
    return _Offence(message, (column,), Certainty.DATA_DEPENDENT)


def _within(bound: BoundProject, check: Check) -> _Offence | None:
    """The query writes a value beyond the bounds."""
    ((column, _),) = check.columns
    end = (check.relation.lower(), column.lower())
    found = (values_of(bound, *end) or frozenset[str]()) | gained_of(bound, *end)
    others = sorted(one for one in found if not all(is_within(one, each) for each in check.values))
    if not others:
        return None
    listed = ", ".join(f"'{one}'" for one in others)
    message = f'"{column}" may be {listed}, which is not {" and ".join(check.values)}.'
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


_RULES: dict[RuleKind, Callable[[BoundProject, Check], _Offence | None]] = {  # but for NULL
    RuleKind.ACCEPTED_VALUES: _accepted,
    RuleKind.BOUNDS: _within,
    RuleKind.UNIQUE: _unique,
    RuleKind.COLUMNS: _columns,
}

"""A report set against what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from tests.oracle.impact.case import Case
from tests.oracle.impact.checker import Answer
from tests.oracle.impact.verdict import SILENCE, Effect, Fate, Verdict, verdicts

Predictor = Callable[[Case], Mapping[str, Verdict]]
"""Names a verdict for what it calls affected."""


@dataclass(frozen=True)
class Outcome:
    """`strays` are impacts on what is not downstream, the changed thing itself apart."""

    case: Case
    said: Mapping[str, Verdict]
    strays: tuple[str, ...] = ()
    error: str = ""
    complete: bool = True

    def pairs(self) -> Iterator[tuple[str, Fate, Verdict]]:
        """Every judged model with what happened to it and what was said."""
        for name in self.case.downstream:
            yield name, self.case.fate(name), self.said.get(name, SILENCE)

    def wrong(self) -> Iterator[tuple[str, Fate, Verdict]]:
        return (each for each in self.pairs() if each[1].effect is not each[2].effect)

    @property
    def is_exact(self) -> bool:
        return not self.strays and next(self.wrong(), None) is None


def outcome(case: Case, answer: Answer) -> Outcome:
    """An answer without a readable report knows nothing of anything."""
    error = str(answer.get("error") or "")
    try:
        said = {} if error else verdicts(answer["report"])
        complete = not error and bool(answer["report"]["complete"])
    except (ValueError, KeyError, TypeError) as unreadable:
        error = f"unreadable report: {unreadable!r}"
        said, complete = {}, False
    if error:
        unknown = Verdict(Effect.UNKNOWN, None, (), {"reason": error})
        return Outcome(case, dict.fromkeys(case.downstream, unknown), error=error)
    return replace(_outcome(case, said), complete=complete)


def predicted(case: Case, predictor: Predictor) -> Outcome:
    return _outcome(case, predictor(case))


def _outcome(case: Case, said: Mapping[str, Verdict]) -> Outcome:
    known = {case.thing, *case.base.downstream(case.thing), *_renamed(case)}
    affected = (name for name, each in said.items() if each.effect is not Effect.UNAFFECTED)
    return Outcome(case, said, strays=tuple(name for name in affected if name not in known))


def _renamed(case: Case) -> set[str]:
    """The changed thing's name in head."""
    return {each.name for each in case.head.models} - {each.name for each in case.base.models}

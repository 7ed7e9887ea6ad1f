"""What a report owes in every case: it is a failure if even one does not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.oracle.impact.outcome import Outcome
from tests.oracle.impact.verdict import Effect, Fate, Verdict

_DOWN = (Effect.BREAKS, Effect.BLOCKED)


def violations(of: Outcome) -> Iterator[str]:
    """A line for each law that the report breaks."""
    if of.error:
        yield f"{of.case.id}: {of.error}"
    if not of.complete:
        yield f"{of.case.id}: all of it was to be seen, but the report says that it is not complete"
    for name, fate, said in of.pairs():
        for law in _broken(of, fate, said):
            yield f"{of.case.id} {name}: {law}; truth: {fate}; said: {said}"


def _broken(of: Outcome, fate: Fate, said: Verdict) -> Iterator[str]:
    missed = fate.effect is Effect.BREAKS and fate.when == "bind" and said.effect not in _DOWN
    if missed:
        yield "what does not bind was not told"
    if of.case.is_noop and said.effect is not Effect.UNAFFECTED:
        yield "a rewrite that means the same was reported"
    if said.effect is not Effect.BREAKS:
        return
    if said.certainty == "DATA_DEPENDENT" and "convert" not in str(said.impact.get("reason")):
        yield "a break depends on data without a conversion"
    if said.certainty == "PROVEN" and fate.effect not in _DOWN:
        yield "a proven break was built"
    proof: Mapping[str, object] = said.impact.get("proof") or {}
    if not all(proof.get(part) for part in ("message", "file", "line")):
        yield "a break without a proof that points into a file"

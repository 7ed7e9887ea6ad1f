"""Figures over many outcomes: precision, recall, false alarms, changes that are wholly right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tests.oracle.impact.outcome import Outcome
from tests.oracle.impact.verdict import Effect, Fate, Verdict

_DOWN = (Effect.BREAKS, Effect.BLOCKED)


@dataclass(frozen=True)
class Share:
    """`hits` of `total`; no figure at all where there was nothing."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        return self.hits / self.total if self.total else None

    def __str__(self) -> str:
        return "–" if self.value is None else f"{self.value:.3f}"


@dataclass(frozen=True)
class Score:
    """`breaks_bind_*` leave out breaks on data, and alarms labelled as depending on data.

    UNKNOWN counts as an alarm and is never the right class.
    """

    changes: int
    breaks_precision: Share
    breaks_recall: Share
    bind_precision: Share
    bind_recall: Share
    down_precision: Share
    down_recall: Share
    affected_precision: Share
    affected_recall: Share
    false_alarms: int
    classes: Share
    hit_classes: Share
    exact: Share
    unknown: int

    @property
    def affected_f1(self) -> float | None:
        hits = self.affected_recall.hits
        total = self.affected_precision.total + self.affected_recall.total
        return 2 * hits / total if total else None

    @property
    def false_alarms_per_change(self) -> float:
        return self.false_alarms / self.changes if self.changes else 0.0


Pair = tuple[Fate, Verdict]


def score(outcomes: Sequence[Outcome]) -> Score:
    pairs = [(fate, said) for each in outcomes for _, fate, said in each.pairs()]
    strays = sum(len(each.strays) for each in outcomes)
    alarms = [pair for pair in pairs if _is_alarm(pair)]
    hit = [pair for pair in pairs if _is_hit(pair)]
    true_alarms = sum(map(_is_hit, alarms))
    return Score(
        changes=len(outcomes),
        breaks_precision=_share(pairs, _says_breaks, _breaks),
        breaks_recall=_share(pairs, _breaks, _says_breaks),
        bind_precision=_share(pairs, _proves_breaks, _breaks),
        bind_recall=_share(pairs, _breaks_at_bind, _says_breaks),
        down_precision=_share(pairs, _says_down, _down),
        down_recall=_share(pairs, _down, _says_down),
        affected_precision=Share(true_alarms, len(alarms) + strays),
        affected_recall=Share(true_alarms, len(hit)),
        false_alarms=len(alarms) - true_alarms + strays,
        classes=_right(pairs),
        hit_classes=_right(hit),
        exact=Share(sum(each.is_exact for each in outcomes), len(outcomes)),
        unknown=sum(said.effect is Effect.UNKNOWN for _, said in pairs),
    )


def _share(pairs: Iterable[Pair], of: Callable[[Pair], bool], hit: Callable[[Pair], bool]) -> Share:
    counted = [hit(pair) for pair in pairs if of(pair)]
    return Share(sum(counted), len(counted))


def _right(pairs: Sequence[Pair]) -> Share:
    return Share(sum(fate.effect is said.effect for fate, said in pairs), len(pairs))


def _is_hit(pair: Pair) -> bool:
    return pair[0].effect is not Effect.UNAFFECTED


def _is_alarm(pair: Pair) -> bool:
    return pair[1].effect is not Effect.UNAFFECTED


def _breaks(pair: Pair) -> bool:
    return pair[0].effect is Effect.BREAKS


def _breaks_at_bind(pair: Pair) -> bool:
    return _breaks(pair) and pair[0].when == "bind"


def _says_breaks(pair: Pair) -> bool:
    return pair[1].effect is Effect.BREAKS


def _proves_breaks(pair: Pair) -> bool:
    return _says_breaks(pair) and pair[1].certainty != "DATA_DEPENDENT"


def _down(pair: Pair) -> bool:
    return pair[0].effect in _DOWN


def _says_down(pair: Pair) -> bool:
    return pair[1].effect in _DOWN

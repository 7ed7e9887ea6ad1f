"""What happened to a model, and what a report says of it, in the same words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Effect(StrEnum):
    """The verdicts of a report; what happened is never `UNKNOWN`."""

    BREAKS = "BREAKS"
    BLOCKED = "BLOCKED"
    SCHEMA = "SCHEMA_CHANGES"
    ROWS = "ROWS_CHANGE"
    VALUES = "VALUES_CHANGE"
    UNKNOWN = "UNKNOWN"
    UNAFFECTED = "UNAFFECTED"


STRONGEST_FIRST = tuple(Effect)


@dataclass(frozen=True)
class Fate:
    """What execution showed. `when` a break fails: "bind" or "run"."""

    effect: Effect
    when: str = ""
    error: str = ""
    columns: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = (self.effect, self.when, ", ".join(self.columns), self.error)
        return " · ".join(each for each in told if each)


UNTOUCHED = Fate(Effect.UNAFFECTED)


@dataclass(frozen=True)
class Verdict:
    """One impact of a report; `impact` is the whole of it, as read."""

    effect: Effect
    certainty: str | None
    columns: tuple[str, ...]
    impact: Mapping[str, Any]

    def __str__(self) -> str:
        told = (self.effect, self.certainty, ", ".join(self.columns), self.impact.get("reason"))
        return " · ".join(str(each) for each in told if each)


SILENCE = Verdict(Effect.UNAFFECTED, None, (), {})


def verdicts(report: Mapping[str, Any]) -> dict[str, Verdict]:
    """The impacts of a report by the name of the thing.

    Raises:
        ValueError: a name twice, or a verdict that there is not.
    """
    found: dict[str, Verdict] = {}
    for impact in report["impacts"]:
        name = str(impact["name"])
        if name in found:
            raise ValueError(f"{name} has two impacts")
        effect, columns = Effect(impact["verdict"]), tuple(map(str, impact["columns"]))
        found[name] = Verdict(effect, impact["certainty"], columns, impact)
    return found

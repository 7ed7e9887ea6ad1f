"""One change to a project and what it did to every model downstream."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.oracle.impact.project import Project
from tests.oracle.impact.verdict import UNTOUCHED, Fate


@dataclass(frozen=True)
class Case:
    """`touched` are the object's columns that the change names; None where it may be any.

    `downstream` are the models that are judged; those that `fates` leaves out are unaffected.
    """

    id: str
    kind: str
    thing: str
    touched: frozenset[str] | None
    base: Project
    head: Project
    downstream: tuple[str, ...]
    fates: Mapping[str, Fate]

    def fate(self, model: str) -> Fate:
        return self.fates.get(model, UNTOUCHED)

    @property
    def is_noop(self) -> bool:
        return self.kind.endswith("noop")

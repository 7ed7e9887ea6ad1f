"""Seeded choices: every random decision of the grammar goes through here."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """A seeded source of choices and of aliases that are fresh within one statement."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)
        self._aliases = 0

    def pick(self, choices: Sequence[T]) -> T:
        return self._random.choice(choices)

    def some(self, choices: Sequence[T], at_least: int, at_most: int) -> list[T]:
        """A sample in the order of `choices`, as large as can be within the bounds."""
        size = min(self.count(at_least, at_most), len(choices))
        chosen = sorted(self._random.sample(range(len(choices)), size))
        return [choices[index] for index in chosen]

    def shuffled(self, choices: Sequence[T]) -> list[T]:
        return self._random.sample(list(choices), len(choices))

    def count(self, at_least: int, at_most: int) -> int:
        return self._random.randint(at_least, at_most)

    def chance(self, probability: float) -> bool:
        return self._random.random() < probability

    def alias(self, stem: str) -> str:
        self._aliases += 1
        return f"{stem}{self._aliases}"

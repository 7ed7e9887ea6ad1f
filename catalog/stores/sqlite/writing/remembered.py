"""Caches of the writer. They are bounded, and emptied when a transaction fails."""

from __future__ import annotations

from typing import Generic, TypeVar

V = TypeVar("V")


class ByIdentity(Generic[V]):
    """What was worked out for an object, found again for that very object without comparing it.

    Sayings are large and frozen, and an unchanged one mostly comes as the same object; hashing it
    would cost as much as working it out again. `room`: how much it holds, in the weights given.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._weight = 0
        self._entries: dict[int, tuple[object, V]] = {}

    def get(self, of: object) -> V | None:
        """Give what is remembered of this object."""
        entry = self._entries.get(id(of))
        return entry[1] if entry else None

    def put(self, of: object, value: V, weight: int = 1) -> V:
        """Remember, and keep the object alive with it, so that its id stays its own."""
        if self._weight > self._room:
            self.clear()
        self._weight += weight
        self._entries[id(of)] = (of, value)
        return value

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()
        self._weight = 0

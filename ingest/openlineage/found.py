"""What reading has found so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.facts import Fact, Notice, Role
from ingest.names import DatasetName, JobName, RunKey
from ingest.openlineage.facets.reading import Reading
from ingest.openlineage.lenient import pointer


@dataclass(frozen=True, slots=True)
class Found:
    """Facts and notices of one record, in the order in which they were found."""

    facts: list[Fact] = field(default_factory=list[Fact])
    notices: list[Notice] = field(default_factory=list[Notice])

    def odd(self, code: str, path: str, message: str) -> None:
        """Note an oddity of the envelope."""
        self.notices.append(Notice(code, path, message))

    def add(
        self, about: DatasetName | JobName | RunKey, role: Role, key: str, reading: Reading, at: str
    ) -> None:
        """Take over what the facet `key` says; `at` points at the object that holds the facet."""
        for saying in reading.sayings:
            self.facts.append(Fact(about, role, key, saying))
        for odd in reading.notices:
            self.odd(odd.code, pointer(at, key) + odd.path, odd.message)

    def of(self, about: DatasetName | JobName | RunKey, role: Role, key: str) -> list[Fact]:
        """Give what was found under a facet's key."""
        here = (about, role, key)
        return [fact for fact in self.facts if (fact.about, fact.role, fact.facet) == here]

"""Making edges: those of the claims that hold, for each maker whose claims or versions moved."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from catalog.lineage.currency import RECENT_RUNS, Standing, holds, in_force
from catalog.stores.codec import dump, load
from catalog.stores.sqlite.ends import MASKING, thing_of
from catalog.stores.sqlite.reading.evidence import last_seen
from catalog.stores.sqlite.reading.runs import completions_of
from ingest.flows import Tier

Edge = tuple[int, int, int]
"""Source, how, target."""


class Makers:
    """Keeps the edges of makers in step with their claims."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._versions: dict[int, str] = {}

    def forget(self) -> None:
        """Forget what is remembered: it may be of a transaction that failed."""
        self._versions.clear()

    def versions_moved(self, job: int) -> bool:
        """Note which code versions of a job are in force; tell whether they are others now."""
        completions = completions_of(self._connection, job, RECENT_RUNS)
        versions = dump(sorted(in_force(completions))).decode()
        if self._known_versions(job) == versions:
            return False
        self._versions[job] = versions
        self._connection.execute(
            "INSERT OR REPLACE INTO makers (thing, versions) VALUES (?, ?)", (job, versions)
        )
        return True

    def remake(self, maker: int) -> None:
        """Find out which claims of a maker hold, and bring its edges in step."""
        claims = self._connection.execute(
            "SELECT claims.id, version, target, sort, tier, producer, precise, claims.uses, holds"
            " FROM claims CROSS JOIN things ON things.id = claims.target"
            " WHERE via = ? AND (claims.uses > 0 OR holds)",
            (maker,),
        ).fetchall()
        told = [row for row in claims if row[7] > 0]
        standings = [self._standing(row) for row in told]
        completions = completions_of(self._connection, maker, RECENT_RUNS)
        verdicts = holds(standings, completions)
        before = {row[0] for row in claims if row[8]}
        after = {row[0] for row, hold in zip(told, verdicts, strict=True) if hold}
        if before == after:
            return
        self._connection.executemany(
            "UPDATE claims SET holds = 1 - holds WHERE id = ?", [(key,) for key in before ^ after]
        )
        self._replace(maker, self._edges(before), self._edges(after))

    def _known_versions(self, job: int) -> str | None:
        if job not in self._versions:
            row = self._connection.execute(
                "SELECT versions FROM makers WHERE thing = ?", (job,)
            ).fetchone()
            if row is None:
                return None
            self._versions[job] = row[0]
        return self._versions[job]

    def _standing(self, row: Sequence[Any]) -> Standing:
        key, version, target, sort, tier, producer, precise, *_ = row
        return Standing(
            version=version,
            target=target,
            in_job=bool(sort),
            tier=Tier(tier),
            precise=bool(precise),
            producer=producer,
            last=last_seen(self._connection, key) if version is None else None,
        )

    def _edges(self, claims: Iterable[int]) -> set[Edge]:
        """Give the edges that claims tell together: one masks only if all of them say so."""
        masking: dict[Edge, int] = {}
        for claim in claims:
            (flows,) = self._connection.execute(
                "SELECT flows FROM claims WHERE id = ?", (claim,)
            ).fetchone()
            for source, target, how in load(flows):
                edge = (source, how & ~MASKING, target)
                masking[edge] = how & masking.get(edge, MASKING) & MASKING
        return {(source, how | masks, target) for (source, how, target), masks in masking.items()}

    def _replace(self, maker: int, before: set[Edge], after: set[Edge]) -> None:
        self._connection.executemany(
            "DELETE FROM edges WHERE source = ? AND how = ? AND target = ? AND via = ?",
            [(*edge, maker) for edge in sorted(before - after)],
        )
        self._connection.executemany(
            "INSERT INTO edges (source, how, target, via) VALUES (?, ?, ?, ?)",
            [(*edge, maker) for edge in sorted(after - before)],
        )
        links = Counter(_links(after - before))
        links.subtract(Counter(_links(before - after)))
        self._shift_links(maker, links)

    def _shift_links(self, maker: int, links: Counter[tuple[int, int]]) -> None:
        rows = [(source, target, maker, by) for (source, target), by in links.items() if by]
        self._connection.executemany(
            "INSERT INTO links (source, target, via, edges) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (source, target, via) DO UPDATE SET edges = edges + excluded.edges",
            rows,
        )
        self._connection.executemany(
            "DELETE FROM links WHERE source = ? AND target = ? AND via = ? AND edges = 0",
            [row[:3] for row in rows if row[3] < 0],
        )


def _links(edges: Iterable[Edge]) -> Iterable[tuple[int, int]]:
    for source, _, target in edges:
        if (link := (thing_of(source), thing_of(target))) and link[0] != link[1]:
            yield link

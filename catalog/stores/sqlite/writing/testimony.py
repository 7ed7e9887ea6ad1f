"""Writing contributions: what each witness says now.

Most contributions repeat, word for word, what the run before said. So what is said is kept once,
as a testimony; a witness adds a sighting of it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from typing import NamedTuple

from catalog.model.claim import Claim, Contribution, SchemaStatement
from catalog.model.reading import Reading, SqlOf
from catalog.stores.codec import dump, load, reading_to_json, stamp_from_json, stamp_to_json
from catalog.stores.sqlite.ends import how_of, thing_of
from catalog.stores.sqlite.names import sql_key
from catalog.stores.sqlite.times import ticks
from catalog.stores.sqlite.writing.contents import OVERHEAD, Contents
from catalog.stores.sqlite.writing.interner import Interner
from catalog.stores.sqlite.writing.remembered import ByIdentity
from catalog.stores.sqlite.writing.uses import Shifts
from ingest.facts import Stamp
from ingest.flows import End, Flow
from ingest.names import RunKey

ROOM = 200_000
"""How many flows, and how many ids, are remembered."""


TEXTS = 20_000_000
"""How many bytes of encoded readings are remembered."""


class StoredFlows(NamedTuple):
    """Flows as stored, and the ids of the things that they join."""

    body: bytes
    things: frozenset[int]


class Testimony(NamedTuple):
    """What a contribution says: ids of claims, of schemas each with its moment, of things.

    Of a reading of SQL also the job, the things that it depends on, and what it came to.
    """

    claims: tuple[int, ...]
    statements: tuple[tuple[int, int], ...]
    things: tuple[int, ...]
    job: int | None
    named: tuple[int, ...]
    reading: bytes | None


class Testimonies:
    """Writes contributions."""

    def __init__(
        self, connection: sqlite3.Connection, interner: Interner, contents: Contents
    ) -> None:
        self._connection = connection
        self._interner = interner
        self._contents = contents
        self._flows: ByIdentity[StoredFlows] = ByIdentity(ROOM)
        self._readings: ByIdentity[bytes] = ByIdentity(TEXTS)
        self._claims: dict[tuple[object, ...], int] = {}
        self._statements: dict[tuple[int, str, int], int] = {}
        self._testimonies: dict[Testimony, int] = {}

    def forget(self) -> None:
        """Forget all ids: they may be of a transaction that failed."""
        for remembered in (
            self._flows,
            self._readings,
            self._claims,
            self._statements,
            self._testimonies,
        ):
            remembered.clear()

    def trim(self) -> None:
        """Keep within bounds."""
        for ids in (self._claims, self._statements, self._testimonies):
            if len(ids) > ROOM:
                ids.clear()

    def write(self, new: Contribution, shifts: Shifts) -> None:
        """Put a contribution in the place of its witness's earlier one."""
        stamps: dict[Stamp, int] = {new.seen: 0}
        testimony = self._id_of(self._said(new, stamps))
        texts = dump([stamp_to_json(stamp) for stamp in stamps]).decode()
        key = self._key(new)
        known = self._connection.execute(
            "SELECT id, testimony, stamps FROM witnesses WHERE key = ?", (key,)
        ).fetchone()
        if known is None:
            witness = self._add_witness(key, testimony, texts)
        else:
            witness, before, old_texts = known
            if (before, old_texts) == (testimony, texts):
                return
            self._replace_witness(witness, testimony, texts)
            self._take_back(before, witness, old_texts)
            shifts.testimonies[before] -= 1
        self._connection.executemany(
            "INSERT INTO sightings (testimony, moment, time, witness) VALUES (?, ?, ?, ?)",
            [(testimony, place, ticks(one.time), witness) for one, place in stamps.items()],
        )
        shifts.testimonies[testimony] += 1
        if isinstance(new.witness, str):
            shifts.makers |= {self._interner.thing(claim.via) for claim in new.claims}

    def _key(self, contribution: Contribution) -> str:
        match contribution.witness:
            case RunKey(run_id, job):
                return f"run {self._interner.thing(job)} {run_id}"
            case SqlOf(RunKey(run_id, job)):
                return sql_key(self._interner.thing(job), run_id)
            case record:
                return f"record {record}"

    def _add_witness(self, key: str, testimony: int, texts: str) -> int:
        row = (key, testimony, texts)
        inserted = self._connection.execute(
            "INSERT INTO witnesses (key, testimony, stamps) VALUES (?, ?, ?)", row
        )
        return inserted.lastrowid or 0

    def _replace_witness(self, witness: int, testimony: int, texts: str) -> None:
        self._connection.execute(
            "UPDATE witnesses SET testimony = ?, stamps = ? WHERE id = ?",
            (testimony, texts, witness),
        )

    def _take_back(self, testimony: int, witness: int, texts: str) -> None:
        times = [ticks(stamp_from_json(stamp).time) for stamp in load(texts)]
        self._connection.executemany(
            "DELETE FROM sightings WHERE testimony = ? AND moment = ? AND time = ? AND witness = ?",
            [(testimony, place, time, witness) for place, time in enumerate(times)],
        )

    def _said(self, contribution: Contribution, stamps: dict[Stamp, int]) -> Testimony:
        """Give what a contribution says; `stamps` gets the moments of its schemas."""
        traffic = {self._interner.thing(n) for n in (*contribution.reads, *contribution.writes)}
        things = set(traffic)
        statements: set[tuple[int, int]] = set()
        for one in contribution.schemas:
            place = stamps.setdefault(one.stamp, len(stamps))
            statements.add((self._statement(one), place))
            if one.schema.fields:
                things.add(self._interner.thing(one.dataset))
        claims: set[int] = set()
        for claim in contribution.claims:
            flows = self._stored(claim.flows)
            claims.add(self._claim(claim, flows))
            things |= flows.things
            things.add(self._interner.thing(claim.via))
        job = contribution.witness.run.job if isinstance(contribution.witness, SqlOf) else None
        reading = contribution.reading
        return Testimony(
            claims=tuple(sorted(claims)),
            statements=tuple(sorted(statements)),
            things=tuple(sorted(things)),
            job=self._interner.thing(job) if job else None,
            named=tuple(sorted(traffic)) if job else (),
            reading=self._reading(reading) if reading else None,
        )

    def _reading(self, reading: Reading) -> bytes:
        """Encode a reading; that of a statement seen before mostly comes as the same object."""
        known = self._readings.get(reading)
        if known is not None:
            return known
        body = dump(reading_to_json(reading))
        return self._readings.put(reading, body, OVERHEAD + len(body))

    def _stored(self, flows: tuple[Flow, ...]) -> StoredFlows:
        known = self._flows.get(flows)
        if known is not None:
            return known
        end = self._ends_by_identity()
        rows = [
            (end(flow.source), end(flow.target), how_of(flow.kind, flow.subtype, flow.masking))
            for flow in flows
        ]
        things = frozenset(thing_of(one) for row in rows for one in row[:2])
        return self._flows.put(flows, StoredFlows(dump(rows), things), len(flows))

    def _ends_by_identity(self) -> Callable[[End], int]:
        """Flows of one claim share most of their ends: each object is looked up once."""
        known: dict[int, int] = {}

        def end(one: End) -> int:
            found = known.get(id(one))
            if found is None:
                found = known[id(one)] = self._interner.end(one)
            return found

        return end

    def _claim(self, claim: Claim, flows: StoredFlows) -> int:
        row = (
            self._interner.thing(claim.via),
            self._interner.thing(claim.target),
            claim.tier,
            claim.producer,
            claim.version,
            claim.schemas,
            claim.precise,
            flows.body,
        )
        known = self._claims.get(row)
        if known is None:
            known = self._claims[row] = self._find_or_add_claim(row)
        return known

    def _find_or_add_claim(self, row: tuple[object, ...]) -> int:
        digest = _hash(dump(row))
        found = self._connection.execute(
            "SELECT id FROM claims WHERE hash = ?", (digest,)
        ).fetchone()
        if found:
            return found[0]
        inserted = self._connection.execute(
            "INSERT INTO claims"
            " (hash, via, target, tier, producer, version, schemas, precise, flows)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (digest, *row),
        )
        return inserted.lastrowid or 0

    def _statement(self, statement: SchemaStatement) -> int:
        dataset = self._interner.thing(statement.dataset)
        row = (dataset, statement.producer, self._contents.row(statement.schema))
        known = self._statements.get(row)
        if known is None:
            paths = [one.path for one in statement.schema.fields]
            columns = self._interner.columns(dataset, paths)
            known = self._statements[row] = self._find_or_add_statement(row, columns)
        return known

    def _find_or_add_statement(self, row: tuple[int, str, int], columns: Sequence[int]) -> int:
        found = self._connection.execute(
            "SELECT id FROM statements WHERE dataset = ? AND producer = ? AND content = ?", row
        ).fetchone()
        if found:
            return found[0]
        inserted = self._connection.execute(
            "INSERT INTO statements (dataset, producer, content, columns) VALUES (?, ?, ?, ?)",
            (*row, dump(columns).decode()),
        )
        return inserted.lastrowid or 0

    def _id_of(self, testimony: Testimony) -> int:
        known = self._testimonies.get(testimony)
        if known is None:
            known = self._testimonies[testimony] = self._find_or_add(testimony)
        return known

    def _find_or_add(self, testimony: Testimony) -> int:
        digest = _hash(dump(testimony))
        found = self._connection.execute(
            "SELECT id FROM testimonies WHERE hash = ?", (digest,)
        ).fetchone()
        if found:
            return found[0]
        key = self._connection.execute(
            "INSERT INTO testimonies (hash, claims, statements, things, job, named, reading)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                digest,
                dump(testimony.claims).decode(),
                dump(testimony.statements).decode(),
                dump(testimony.things).decode(),
                testimony.job,
                dump(testimony.named).decode(),
                testimony.reading,
            ),
        ).lastrowid
        self._connection.executemany(
            "INSERT INTO testimony_claims (claim, testimony) VALUES (?, ?)",
            [(claim, key) for claim in testimony.claims],
        )
        self._connection.executemany(
            "INSERT INTO testimony_statements (statement, testimony, moment) VALUES (?, ?, ?)",
            [(statement, key, place) for statement, place in testimony.statements],
        )
        return key or 0


def _hash(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:16]

"""Exporting the present: what holds now, without history, as a graph of its own in a file.

A file of this kind lets a check judge what a change breaks beyond its project without a server. It
holds no SQL and no source code unless that is asked for; the links that were read from them stay.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from catalog.errors import Unavailable
from catalog.lineage.currency import RECENT_RUNS, holding
from catalog.model.claim import Contribution, SchemaStatement, SeenClaim
from catalog.model.reading import Reading, SqlOf
from catalog.model.thing import Thing
from catalog.ports import Changes, GraphReader, GraphWriter
from ingest.facts import (
    JobType,
    Schema,
    SourceCode,
    SourceLocation,
    Sql,
    Touched,
)
from ingest.flows import Tier
from ingest.folds import RunFold, Said
from ingest.names import DatasetName, JobName, RunKey, encode_id

PAGE = 200
"""How many things are copied at a time."""

GRAPH, ABOUT = "graph.db", "about.json"
_KEPT = (Touched, JobType, SourceLocation, Schema)
_CODE = (Sql, SourceCode)


_Copies: TypeAlias = Iterator[tuple[RunFold, Contribution]]


@dataclass(frozen=True, slots=True)
class About:
    """What an exported file says of itself. `source`: where the catalog was."""

    source: str
    exported_at: datetime
    digest: str
    with_sql: bool


async def copy_present(
    source: GraphReader, into: GraphWriter, *, with_sql: bool
) -> AsyncIterator[int]:
    """Copy what holds now; give how many things are copied so far."""
    after: Thing | None = None
    copied = 0
    while things := await source.things(after, PAGE):
        await into.apply(await _present(source, things, with_sql=with_sql))
        after = things[-1]
        copied += len(things)
        yield copied


async def _present(source: GraphReader, things: Sequence[Thing], *, with_sql: bool) -> Changes:
    said = await source.sayings(things)
    datasets = [thing for thing in things if isinstance(thing, DatasetName)]
    contributions: list[Contribution] = []
    runs: dict[RunKey, RunFold] = {}
    claims = await source.claims(things)
    jobs = [thing for thing in things if isinstance(thing, JobName)]
    completed = await source.completions(jobs, RECENT_RUNS)
    for thing in things:
        completions = ()
        folds: Sequence[RunFold] = ()
        if isinstance(thing, JobName):
            completions = completed.get(thing, ())
            latest = [RunKey(one.run_id, thing) for one in completions]
            known = await source.folds(latest)
            folds = [known[run] for run in latest if run in known]
        held = holding(claims.get(thing, ()), completions)
        seen = [one for one in claims.get(thing, ()) if one.claim in held]
        for bare, made in _of_runs(folds, seen, with_sql=with_sql):
            runs[bare.run] = bare
            contributions.append(made)
        contributions += _declared(thing, seen)
    for statements in (await source.schemas(datasets)).values():
        contributions += _schemas(statements)
    sayings = {
        slot: one for of in said.values() for slot, one in of.items() if _goes(one, with_sql)
    }
    return Changes(
        cursor=await source.cursor(),
        runs=runs,
        sayings=sayings,
        contributions=contributions,
    )


def _goes(said: Said, with_sql: bool) -> bool:
    return with_sql or not isinstance(said.saying, _CODE)


def _bare(fold: RunFold, *, with_sql: bool) -> RunFold:
    """Leave out of a run what is history, and its code; the code's fingerprint stays."""
    kept = {
        slot: _without_text(one) if isinstance(one.saying, Sql) and not with_sql else one
        for slot, one in fold.said.items()
        if isinstance(one.saying, (*_KEPT, *(_CODE if with_sql else (Sql,))))
    }
    return replace(fold, said=kept)


def _without_text(said: Said) -> Said:
    sql = said.saying
    return replace(said, saying=replace(sql, query="")) if isinstance(sql, Sql) else said


def _of_runs(folds: Sequence[RunFold], seen: Sequence[SeenClaim], *, with_sql: bool) -> _Copies:
    """Give runs without history, each with what its code version claims, told by its latest run.

    Without its source code a run has another version, and its claims go with it.
    """
    told: set[str] = set()
    for fold in folds:
        bare = _bare(fold, with_sql=with_sql)
        claims = [one.claim for one in seen if one.claim.version == fold.code_version]
        if fold.code_version in told or bare.completed is None:
            claims = []
        told.add(fold.code_version)
        own = tuple(replace(claim, version=bare.code_version) for claim in claims)
        told_at = bare.completed or bare.heard
        if not with_sql:
            yield bare, Contribution(bare.run, told_at, claims=own)
            continue
        parsed = tuple(claim for claim in own if claim.tier is Tier.PARSED)
        others = tuple(claim for claim in own if claim.tier is not Tier.PARSED)
        yield bare, Contribution(bare.run, told_at, claims=others)
        if parsed:
            read = _read([one for one in seen if one.claim in claims])
            yield bare, Contribution(SqlOf(bare.run), told_at, claims=parsed, reading=read)


def _read(seen: Sequence[SeenClaim]) -> Reading:
    """Give what became of a text, as far as claims tell it, with where it says what they do."""
    return Reading(
        bound=all(one.claim.precise for one in seen if one.claim.tier is Tier.PARSED),
        reads=(),
        writes=(),
        quotes=tuple(quote for one in seen for quote in one.quotes),
    )


def _declared(thing: Thing, seen: Sequence[SeenClaim]) -> Iterator[Contribution]:
    declared = [one for one in seen if one.claim.version is None]
    for place, one in enumerate(declared):
        yield Contribution(f"export {place} {encode_id(thing)}", one.last, claims=(one.claim,))


def _schemas(statements: Collection[SchemaStatement]) -> Iterator[Contribution]:
    for place, one in enumerate(statements):
        yield Contribution(f"export {place} {encode_id(one.dataset)}s", one.stamp, schemas=(one,))


def pack(graph: Path, about: About, to: Path) -> None:
    """Write the file: a graph, and what it says of itself.

    Raises:
        Unavailable: it cannot be written there.
    """
    told = {
        "source": about.source,
        "exportedAt": about.exported_at.isoformat(),
        "digest": about.digest,
        "withSql": about.with_sql,
    }
    try:
        with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
            file.writestr(ABOUT, json.dumps(told, indent=2))
            file.write(graph, GRAPH)
    except OSError as error:
        raise Unavailable(f"{to} cannot be written: {error}") from error


def unpack(file: Path, folder: Path) -> About:
    """Put the graph of an exported file into a folder, as `graph.db`.

    Raises:
        Unavailable: there is no such file, or it is cut off or something else.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            told = json.loads(packed.read(ABOUT))
            (folder / GRAPH).write_bytes(packed.read(GRAPH))
        return About(
            str(told["source"]),
            datetime.fromisoformat(told["exportedAt"]),
            str(told["digest"]),
            bool(told["withSql"]),
        )
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        raise Unavailable(f"{file} cannot be read as an exported snapshot: {error}") from error

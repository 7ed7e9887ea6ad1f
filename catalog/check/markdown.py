"""The report as a comment on a pull request: what breaks first, the rest folded."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from catalog.check.headline import headline
from catalog.model.report import (
    Certainty,
    Criticality,
    Edit,
    Impact,
    Labelled,
    Proof,
    Report,
    ThingKind,
    Verdict,
)

LONGEST = 65_000
"""How many characters a comment may have; GitHub takes 65,536."""

_SIGN = {"pass": "✅", "warn": "⚠️", "fail": "❌"}
_ITEM = "- "
_WEIGHTY = {Criticality.HIGH: "high criticality", Criticality.CRITICAL: "critical"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~>-])")


def markdown(report: Report, verdict: str) -> str:
    """Write the comment; what does not fit is left out whole, and counted."""
    breaks = [one for one in report.impacts if one.verdict is Verdict.BREAKS]
    consumers = [
        one
        for one in report.impacts
        if one.kind is ThingKind.CONSUMER and one.verdict is not Verdict.BREAKS
    ]
    rest = [one for one in report.impacts if one not in breaks and one not in consumers]
    unknown = [one for one in rest if one.verdict is Verdict.UNKNOWN]
    blocks = [
        *_section("Breaks", [_broken(one) for one in breaks]),
        *_section("Ask", _owners(report.impacts)),
        *_section("Who looks at it", [_line(one) for one in consumers]),
        *_section("Get labelled values", [_labelled(one) for one in report.labelled]),
        *_section("Could not be judged", _unknown(unknown)),
        *_section("Not examined", _unexamined(report)),
        *_folded([_line(one) for one in rest if one.verdict is not Verdict.UNKNOWN]),
        *_section("Changed", [_change(report, place) for place in range(len(report.changes))]),
    ]
    return _fitted(f"### {_SIGN[verdict]} Headwater: {text(headline(report))}", blocks)


def _fitted(title: str, blocks: Iterable[str]) -> str:
    told, length, left_out = [title], len(title), 0
    for block in blocks:
        if length + len(block) > LONGEST - 200:
            left_out += 1
            continue
        listed = block.startswith(_ITEM) and told[-1].startswith(_ITEM)
        told[-1:] = [f"{told[-1]}\n{block}"] if listed else [told[-1], block]
        length += len(block) + 2
    if left_out:
        told.append(f"_{left_out} more entries do not fit here; the full report has them._")
    return "\n\n".join(told) + "\n"


def text(value: str) -> str:
    """Words of others as they are: neither Markdown nor HTML, and nobody is called."""
    escaped = _SPECIAL.sub(r"\\\1", html.escape(" ".join(value.split()), quote=False))
    return escaped.replace("@", "&#64;")


def code(value: str) -> str:
    """A name as code, whatever is in it."""
    one_line = " ".join(value.split())
    longest = max((len(run) for run in re.findall("`+", one_line)), default=0)
    fence = "`" * (longest + 1)
    space = " " if longest else ""
    return f"{fence}{space}{one_line}{space}{fence}"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield f"**{title}**"
        yield from found


def _broken(impact: Impact) -> str:
    parts = [f"- {code(impact.name)}{_told(impact, certainty=True)}: {text(impact.reason)}"]
    if impact.proof is not None:
        parts.append(_proof(impact.proof))
    parts += [f"  ```diff\n  - {one.before}\n  + {one.after}\n  ```" for one in _shown(impact)]
    parts.append(f"  {_path(impact)}")
    return "\n".join(parts)


def _shown(impact: Impact) -> Iterator[Edit]:
    """What would mend it, unless it would end the block that it stands in."""
    return (one for one in impact.edits if "```" not in one.before + one.after)


def _proof(proof: Proof) -> str:
    """The line of SQL with a mark below the failing name."""
    told = (str(one) for one in (proof.file, proof.line) if one is not None)
    place = f"  {code(':'.join(told))}"
    if proof.sql is None or "```" in proof.sql:
        return place
    mark = " " * ((proof.column or 1) - 1) + "^"
    return f"{place}\n  ```sql\n  {proof.sql}\n  {mark}\n  ```"


def _path(impact: Impact) -> str:
    return " → ".join(code(step) for step in impact.path)


def _line(impact: Impact) -> str:
    told = f"{text(_spoken(impact.verdict))}, {text(impact.reason)}"
    return f"- {code(impact.name)}{_told(impact)}: {told}"


def _labelled(one: Labelled) -> str:
    path = " → ".join(code(step) for step in one.path)
    asked = f"; ask {text(', '.join(one.owners))}" if one.owners else ""
    return f"- {code(one.name)} {code(one.label)}, unmasked: {path}{asked}"


def _told(impact: Impact, *, certainty: bool = False) -> str:
    """How it is known, and how much depends on it where that is more than on others."""
    parts: list[str] = []
    if certainty and impact.certainty is not None:
        parts.append(_spoken(impact.certainty))
    if impact.criticality in _WEIGHTY:
        parts.append(_WEIGHTY[impact.criticality])
    return f" ({', '.join(parts)})" if parts else ""


def _spoken(word: Verdict | Certainty) -> str:
    return word.value.lower().replace("_", " ")


def _owners(impacts: Iterable[Impact]) -> Iterator[str]:
    """Who is to be asked, and about what; owners of the same things together."""
    asked: dict[str, list[str]] = {}
    for impact in impacts:
        for owner in impact.owners:
            asked.setdefault(owner, []).append(impact.name)
    alike: dict[tuple[str, ...], list[str]] = {}
    for owner, names in sorted(asked.items()):
        alike.setdefault(tuple(names), []).append(owner)
    for names, owners in alike.items():
        yield f"- {text(', '.join(owners))}: {', '.join(code(name) for name in names)}"


def _unknown(impacts: Iterable[Impact]) -> Iterator[str]:
    """Once for each cause."""
    causes: dict[str, list[str]] = {}
    for impact in impacts:
        causes.setdefault(impact.reason, []).append(impact.name)
    for reason, names in causes.items():
        yield f"- {text(reason)} ({len(names)}: {', '.join(code(name) for name in names)})"


def _unexamined(report: Report) -> Iterator[str]:
    for one in report.coverage.unparsed:
        yield f"- {code(one.name)}: {text(one.reason)}"
    for name in report.coverage.unmatched:
        yield f"- {code(name)}: not found in the catalog"


def _folded(lines: list[str]) -> Iterator[str]:
    if lines:
        things = "thing" if len(lines) == 1 else "things"
        yield f"<details><summary>{len(lines)} more {things} affected</summary>"
        yield from lines
        yield "</details>"


def _change(report: Report, place: int) -> str:
    change = report.changes[place]
    thing = f"{change.dataset}.{change.column}" if change.column else change.dataset
    moved = (
        f": {code(change.before)} → {code(change.after)}" if change.before and change.after else ""
    )
    where = f" in {code(f'{change.file}:{change.line}')}" if change.file else ""
    return f"- {change.kind} {code(thing)}{moved}{where}"

"""The text tables in which the company is written down: columns, and what they derive from.

>>> columns("booking_id  bigint  Key of a booking")[0].type
'bigint'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.demo.model import Column, Dataset, Derivation, Source


def columns(table: str) -> tuple[Column, ...]:
    """Read one column a line: name, type (without spaces), description, `#pii` at the end."""
    return tuple(_column(line) for line in _lines(table))


def derivations(table: str, **datasets: Dataset) -> tuple[Derivation, ...]:
    """Read one derivation a line: target (`*` is the whole output), subtype, sources.

    A source is `dataset.column` by the names given; a subtype with `!` masks.
    """
    return tuple(_derivation(line, datasets) for line in _lines(table))


def copies(names: str, of: Dataset) -> tuple[Derivation, ...]:
    """Derive columns unchanged from the columns of the same names."""
    return tuple(Derivation(name, "IDENTITY", (Source(of, name),)) for name in names.split())


def _lines(table: str) -> Iterator[str]:
    return (line.strip() for line in table.strip().splitlines() if line.strip())


def _column(line: str) -> Column:
    name, type_, *rest = re.split(r"\s+", line, maxsplit=2)
    text = rest[0] if rest else ""
    return Column(name, type_, text.removesuffix("#pii").strip(), pii=text.endswith("#pii"))


def _derivation(line: str, datasets: dict[str, Dataset]) -> Derivation:
    target, subtype, *sources = line.split()
    return Derivation(
        target,
        subtype.removesuffix("!"),
        tuple(_source(source, datasets) for source in sources),
        masking=subtype.endswith("!"),
    )


def _source(text: str, datasets: dict[str, Dataset]) -> Source:
    dataset, column = text.split(".")
    return Source(datasets[dataset], column)

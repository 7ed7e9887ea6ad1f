"""Notes in the lines of files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.check.verdict import FailOn, fails
from catalog.model.report import Report


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be said of a line; `file`: from the repository's root."""

    file: str
    line: int
    column: int
    title: str
    text: str
    fails: bool


def notes(report: Report, fail_on: FailOn, folder: str) -> Iterator[Note]:
    """Give a note for each proof in a file of the project, whose folder is in the repository.

    What a catalog tells of things elsewhere has its proof in their SQL, which is no file here.
    """
    for impact in report.impacts:
        proof = impact.proof
        if proof is None or not proof.file or impact.namespace:
            continue
        yield Note(
            f"{folder.strip('/')}/{proof.file}" if folder.strip("./") else proof.file,
            proof.line or 1,
            proof.column or 1,
            f"{impact.name}: {impact.verdict}",
            impact.reason,
            fails(impact, fail_on),
        )


def command(note: Note) -> str:
    """Give the workflow command for it: the runner shows it in the line of the file."""
    level = "error" if note.fails else "warning"
    return (
        f"::{level} file={_property(note.file)},line={note.line},col={note.column},"
        f"title={_property(note.title)}::{_data(note.text)}"
    )


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")

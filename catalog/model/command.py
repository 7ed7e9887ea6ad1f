"""Commands: what people say of things, over what producers say. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from catalog.errors import Invalid
from catalog.model.change import ChangeKind
from catalog.model.description import ConsumerSort, Criticality
from catalog.model.thing import Thing
from ingest.flows import Whole
from ingest.names import ColumnName

LONGEST = 2_000
"""Characters of a text that a command takes."""


@dataclass(frozen=True, slots=True)
class MarkConsumer:
    """It is a consumer of this sort; None: what producers say counts again.

    `reads`: what it reads, which ends what was declared before; None leaves that as it is, unless
    the mark is taken back: then nothing is declared any more.
    """

    thing: Thing
    sort: ConsumerSort | None
    reads: tuple[ColumnName | Whole, ...] | None = None


@dataclass(frozen=True, slots=True)
class SetOwner:
    """These own it, nobody if there are none; None: what producers say counts again."""

    thing: Thing
    owners: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class SetCriticality:
    """So much depends on it; None: what producers say counts again."""

    thing: Thing
    criticality: Criticality | None


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """What a change (`kind dataset[.column]`) does to it is accepted, up to and with a day."""

    thing: Thing
    change: str
    why: str
    until: date


@dataclass(frozen=True, slots=True)
class WithdrawAcknowledgement:
    """What a change does to it is accepted no more."""

    thing: Thing
    change: str


Command: TypeAlias = (
    MarkConsumer | SetOwner | SetCriticality | Acknowledge | WithdrawAcknowledgement
)


@dataclass(frozen=True, slots=True)
class Given:
    """A command, who gave it, and when it was accepted."""

    command: Command
    by: str
    at: datetime


def check(given: Given) -> None:
    """Refuse a command that cannot be meant.

    Raises:
        Invalid: a text is empty or too long, a change is none, or the day is past.
    """
    _check_text("by", given.by)
    for name in _names(given.command):
        _check_characters("a name", name)
    match given.command:
        case SetOwner(owners=tuple() as owners):
            for owner in owners:
                _check_text("an owner", owner)
        case Acknowledge(change=change, why=why, until=until):
            _check_text("why", why)
            _check_change(change)
            if until < given.at.date():
                raise Invalid(f"until must not be past: {until} is")
        case WithdrawAcknowledgement(change=change):
            _check_change(change)
        case _:
            pass


def _check_text(name: str, text: str) -> None:
    if not text.strip():
        raise Invalid(f"{name} must not be empty")
    if len(text) > LONGEST:
        raise Invalid(f"{name} must not be longer than {LONGEST:,} characters")
    _check_characters(name, text)


def _check_characters(name: str, text: str) -> None:
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise Invalid(f"{name} has half a character in it: {text!r}")


def _names(command: Command) -> Iterator[str]:
    yield from (command.thing.namespace, command.thing.name)
    for end in (command.reads or ()) if isinstance(command, MarkConsumer) else ():
        yield from (end.dataset.namespace, end.dataset.name)
        yield from end.path if isinstance(end, ColumnName) else ()


def _check_change(change: str) -> None:
    kind, _, subject = change.partition(" ")
    if kind not in list(ChangeKind) or not subject.strip():
        kinds = ", ".join(ChangeKind)
        raise Invalid(
            f"{change!r} is no change: say `kind dataset` or `kind dataset.column`, "
            f"the kind being one of {kinds}"
        )
    _check_text("change", change)

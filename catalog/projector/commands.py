"""Commands as records, and what they say. Pure.

A command is said like a facet, by a producer of its own whose word counts more than any other's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from catalog.model.command import (
    Acknowledge,
    Command,
    Given,
    MarkConsumer,
    SetCriticality,
    SetOwner,
    WithdrawAcknowledgement,
)
from catalog.model.description import (
    CONSUMER_TAG,
    CRITICALITY_TAG,
    ConsumerSort,
    Criticality,
)
from catalog.model.thing import Thing
from catalog.stores.codec import (
    Json,
    end_from_json,
    end_to_json,
    load,
    owner_from_json,
    thing_to_json,
)
from ingest.facts import (
    BY_COMMAND,
    Acceptance,
    DeclaredLineage,
    Deleted,
    Fact,
    Owner,
    Ownership,
    Report,
    Role,
    Saying,
    Tag,
    Tags,
)
from ingest.flows import Flow, Kind, Rows, Subtype, Whole, sorted_flows
from ingest.names import ColumnName, JobName
from ingest.openlineage import Unreadable, encode, redact_text


def write_command(given: Given) -> bytes:
    """Give the canonical text of a command, without secrets: the body of its record."""
    command = given.command
    value = {
        "command": _NAMES[type(command)],
        "by": given.by,
        "at": given.at.isoformat(),
        "thing": thing_to_json(command.thing),
        **_content(command),
    }
    return redact_text(encode(value))


def read_command(record_id: str, body: bytes) -> Report:
    """Tell what the record of a command says.

    Raises:
        Unreadable: this reader does not know the command.
    """
    try:
        given = _given(load(body))
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable("unknown_command", "", f"No command is read here: {error}") from error
    facts = tuple(_facts(given))
    return Report(record_id, given.at, BY_COMMAND, given.command.thing, facts, notices=())


_NAMES: dict[type[Command], str] = {
    MarkConsumer: "markConsumer",
    SetOwner: "setOwner",
    SetCriticality: "setCriticality",
    Acknowledge: "acknowledge",
    WithdrawAcknowledgement: "withdrawAcknowledgement",
}


def _content(command: Command) -> dict[str, Json]:
    match command:
        case MarkConsumer(_, sort, reads):
            ends = None if reads is None else [end_to_json(end) for end in reads]
            return {"sort": sort, "reads": ends}
        case SetOwner(_, owners):
            return {"owners": owners}
        case SetCriticality(_, criticality):
            return {"criticality": criticality}
        case Acknowledge(_, change, why, until):
            return {"change": change, "why": why, "until": until.isoformat()}
        case WithdrawAcknowledgement(_, change):
            return {"change": change}


def _given(value: Json) -> Given:
    return Given(_command(value), value["by"], datetime.fromisoformat(value["at"]))


def _command(value: Json) -> Command:
    thing = owner_from_json(value["thing"])
    match value["command"]:
        case "markConsumer":
            sort, reads = value["sort"], value["reads"]
            return MarkConsumer(
                thing,
                None if sort is None else ConsumerSort(sort),
                None if reads is None else tuple(_read_end(end) for end in reads),
            )
        case "setOwner":
            owners = value["owners"]
            return SetOwner(thing, None if owners is None else tuple(owners))
        case "setCriticality":
            told = value["criticality"]
            return SetCriticality(thing, None if told is None else Criticality(told))
        case "acknowledge":
            until = date.fromisoformat(value["until"])
            return Acknowledge(thing, value["change"], value["why"], until)
        case "withdrawAcknowledgement":
            return WithdrawAcknowledgement(thing, value["change"])
        case other:
            raise ValueError(other)


def _read_end(value: Json) -> ColumnName | Whole:
    end = end_from_json(value)
    if not isinstance(end, ColumnName | Whole):
        raise ValueError(value)
    return end


def _facts(given: Given) -> Iterator[Fact]:
    command = given.command
    thing = command.thing
    match command:
        case MarkConsumer(_, sort, reads):
            yield _tag(thing, CONSUMER_TAG, sort)
            if reads is None and sort in {None, ConsumerSort.NONE}:
                reads = ()
            if reads is not None:
                saying = DeclaredLineage(thing, sorted_flows(_flows(thing, reads)))
                yield _fact(thing, "reads", saying)
        case SetOwner(_, owners):
            said = None if owners is None else Ownership(tuple(Owner(name) for name in owners))
            yield _fact(thing, "ownership", said)
        case SetCriticality(_, criticality):
            yield _tag(thing, CRITICALITY_TAG, criticality and criticality.lower())
        case Acknowledge(_, change, why, until):
            accepted = Acceptance(change, given.by, why, until)
            yield _fact(thing, f"acknowledgement {change}", accepted)
        case WithdrawAcknowledgement(_, change):
            yield _fact(thing, f"acknowledgement {change}", None)


def _tag(thing: Thing, key: str, value: str | None) -> Fact:
    return _fact(thing, f"tags {key}", None if value is None else Tags((Tag(key, value),)))


def _fact(thing: Thing, key: str, saying: Saying | None) -> Fact:
    return Fact(thing, Role.SUBJECT, key, Deleted(key) if saying is None else saying)


def _flows(thing: Thing, reads: Sequence[ColumnName | Whole]) -> Iterator[Flow]:
    """Of columns it is not told how they are used; which rows there are matters in any case."""
    target = thing if isinstance(thing, JobName) else Whole(thing)
    rows = thing if isinstance(thing, JobName) else Rows(thing)
    for end in reads:
        yield Flow(end, target, Kind.DIRECT, Subtype.UNTOLD)
        if isinstance(end, ColumnName):
            yield Flow(Rows(end.dataset), rows, Kind.DIRECT, Subtype.UNTOLD)

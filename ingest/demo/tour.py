"""Three things to try in the demo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ingest.demo.company.sources.booking import PAYMENTS
from ingest.demo.company.sources.service import BAGGAGE_RULES
from ingest.demo.company.warehouse.operations import PUNCTUALITY
from ingest.demo.model import Dataset


@dataclass(frozen=True, slots=True)
class Stop:
    """A column to start at, and the direction to look in."""

    title: str
    sentence: str
    namespace: str
    name: str
    column: str
    direction: Literal["upstream", "downstream"]


def _stop(
    title: str,
    sentence: str,
    dataset: Dataset,
    column: str,
    direction: Literal["upstream", "downstream"],
) -> Stop:
    return Stop(title, sentence, dataset.at.namespace, dataset.at.name, column, direction)


TOUR = (
    _stop(
        "From a policy to the chatbot",
        "The fee for one more bag is a column of the airline's policy; follow it into the answers "
        "of the chatbot that quotes it.",
        BAGGAGE_RULES,
        "excess_fee",
        "downstream",
    ),
    _stop(
        "Who depends on a payment",
        "The amount of a payment was retyped this month; see every report, model and export that "
        "is made of it.",
        PAYMENTS,
        "amount",
        "downstream",
    ),
    _stop(
        "Where a number comes from",
        "The control centre looks at flights on time; trace the number back to the operations "
        "system.",
        PUNCTUALITY,
        "FLIGHTS_ON_TIME",
        "upstream",
    ),
)

"""Customer service: the airline's policies, claims, and what passengers say of the assistant."""

from __future__ import annotations

from ingest.demo.company import platforms
from ingest.demo.company.teams import SERVICE
from ingest.demo.model import Dataset, DatasetKind
from ingest.demo.notation import columns

BAGGAGE_RULES = Dataset(
    platforms.service_db("policy", "baggage_rules"),
    DatasetKind.TABLE,
    "What each fare brand allows as baggage, and what more costs. Legal signs every change.",
    SERVICE,
    columns("""
        rule_id          integer        Key of the rule
        fare_brand       text           Light, Classic or Flex
        cabin            text           economy or business
        route_group      text           domestic, europe or long-haul
        pieces_included  integer        Checked bags in the fare
        max_weight_kg    integer        Weight limit per bag
        excess_fee       numeric(8,2)   Price of one more bag
        currency         character(3)   Currency of the fee
        valid_from       date           First day of travel
        rule_text        text           The clause as published
    """),
    criticality="critical",
)

REFUND_RULES = Dataset(
    platforms.service_db("policy", "refund_rules"),
    DatasetKind.TABLE,
    "Which fares can be refunded, until when, at what fee.",
    SERVICE,
    columns("""
        rule_id         integer        Key of the rule
        fare_brand      text           Light, Classic or Flex
        refundable      boolean        Money back at all
        deadline_hours  integer        Hours before departure
        refund_fee      numeric(8,2)   Fee kept
        valid_from      date           First day of travel
        rule_text       text           The clause as published
    """),
    criticality="high",
)

CLAIMS = Dataset(
    platforms.service_db("public", "claims"),
    DatasetKind.TABLE,
    "Claims of passengers after delays and lost bags.",
    SERVICE,
    columns("""
        claim_id    bigint         Key of the claim
        booking_id  bigint         The booking concerned
        kind        text           delay, cancellation or baggage
        amount_eur  numeric(10,2)  Claimed
        opened_at   timestamptz    When it came in
        closed_at   timestamptz    When it was settled
        status      text           open, paid or refused
        assigned_to text           Who works on it
    """),
)

FEEDBACK = Dataset(
    platforms.service_db("assistant", "feedback"),
    DatasetKind.TABLE,
    "Thumbs up or down under an answer of the assistant.",
    SERVICE,
    columns("""
        feedback_id  bigint       Key of the feedback
        answer_id    bigint       The answer rated
        helpful      boolean      Thumb up
        comment      text         What the passenger wrote #pii
        given_at     timestamptz  When
    """),
)

DATASETS = (BAGGAGE_RULES, REFUND_RULES, CLAIMS, FEEDBACK)

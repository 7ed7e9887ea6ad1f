"""The booking system: what was sold, to whom, and what was paid."""

from __future__ import annotations

from ingest.demo.company import platforms
from ingest.demo.company.teams import BOOKING, MARKETING
from ingest.demo.model import Column, Dataset, DatasetKind, SchemaChange
from ingest.demo.notation import columns

BOOKINGS = Dataset(
    platforms.booking_db("bookings"),
    DatasetKind.TABLE,
    "One row per booking, from the first hold to departure.",
    BOOKING,
    columns("""
        booking_id    bigint         Key of the booking
        locator       character(6)   Record locator that the passenger is shown
        customer_id   bigint         Who booked
        channel       text           web, app, agency or counter
        currency      character(3)   Currency of the sale
        total_amount  numeric(10,2)  What the customer owes, taxes included
        status        text           held, confirmed, cancelled or flown
        point_of_sale character(2)   Country of the sale
        promo_code    text           Campaign code, if any
        booked_at     timestamptz    When it was first held
        updated_at    timestamptz    Last change
    """),
    criticality="critical",
)

PASSENGERS = Dataset(
    platforms.booking_db("passengers"),
    DatasetKind.TABLE,
    "Everybody who travels on a booking.",
    BOOKING,
    columns("""
        passenger_id    bigint       Key of the passenger
        booking_id      bigint       The booking travelled on
        given_name      text         As in the passport #pii
        family_name     text         As in the passport #pii
        birth_date      date         For infant and child fares #pii
        document_no     text         Passport or identity card #pii
        passenger_type  text         ADT, CHD or INF
        nationality     character(2) As in the passport
        assistance      text         Wheelchair, meal or other help needed
        updated_at      timestamptz  Last change
    """),
)

SEGMENTS = Dataset(
    platforms.booking_db("segments"),
    DatasetKind.TABLE,
    "One row per booked flight of a booking.",
    BOOKING,
    columns("""
        segment_id      bigint         Key of the segment
        booking_id      bigint         The booking it belongs to
        flight_no       text           Marketing flight number
        departure_date  date           Local date of departure
        origin          character(3)   IATA code
        destination     character(3)   IATA code
        cabin           text           economy or business
        fare_basis      text           Fare basis code
        booking_class   character(1)   Reservation booking designator
        operated_by     character(2)   Airline that flies
        segment_amount  numeric(10,2)  Share of the fare, in the booking's currency
        status          text           HK, XX, NO or FL
        seat_no         text           Seat, once assigned
        checked_bags    integer        Bags checked in
        updated_at      timestamptz    Last change
    """),
    changes=(SchemaChange(12, Column("fare_brand", "text", "Light, Classic or Flex")),),
)

PAYMENTS = Dataset(
    platforms.booking_db("payments"),
    DatasetKind.TABLE,
    "Payments and their authorisations.",
    BOOKING,
    columns("""
        payment_id  bigint         Key of the payment
        booking_id  bigint         What was paid for
        method      text           card, wallet, voucher or invoice
        amount      numeric(10,2)  In the payment's currency
        currency    character(3)   ISO 4217
        card_last4  character(4)   Last digits of the card #pii
        paid_at     timestamptz    Time of capture
        provider    text           Payment provider
        risk_score  smallint       Of the fraud check, 0 to 100
        status      text           authorised, captured or failed
        updated_at  timestamptz    Last change
    """),
    changes=(
        SchemaChange(18, Column("amount", "numeric(14,2)", "In the payment's currency; groups")),
    ),
    criticality="critical",
)

CUSTOMERS = Dataset(
    platforms.booking_db("customers"),
    DatasetKind.TABLE,
    "Registered customers.",
    BOOKING,
    columns("""
        customer_id   bigint       Key of the customer
        email         text         Login #pii
        phone         text         For disruption messages #pii
        full_name     text         As entered #pii
        country       character(2) Country of residence
        loyalty_no    text         Number in the frequent flyer programme #pii
        loyalty_tier  text         blue, silver or gold
        language      character(2) Language of messages
        home_airport  character(3) Preferred airport
        consent       boolean      Agreed to marketing
        created_at    timestamptz  Registration
        updated_at    timestamptz  Last change
    """),
)

REFUNDS = Dataset(
    platforms.booking_db("refunds"),
    DatasetKind.TABLE,
    "Money given back.",
    BOOKING,
    columns("""
        refund_id    bigint         Key of the refund
        booking_id   bigint         The booking refunded
        payment_id   bigint         The payment it goes back to
        amount       numeric(10,2)  In the payment's currency
        reason       text           cancelled, delay, baggage or goodwill
        approved_by  text           Who in customer service agreed
        channel      text           web, phone or counter
        refunded_at  timestamptz    When it was paid out
    """),
)

BOOKING_CHANGES = Dataset(
    platforms.topic("booking.changes"),
    DatasetKind.TOPIC,
    "Every change of a booking as it happens.",
    BOOKING,
    columns("""
        event_id     string          Key of the event
        booking_id   long            The booking changed
        event_type   string          created, paid, changed or cancelled
        locator      string          Record locator
        amount       decimal(10,2)   Amount of the change
        currency     string          ISO 4217
        occurred_at  timestamp       Time in the booking system
    """),
)

WEB_SESSIONS = Dataset(
    platforms.bigquery("web", "sessions"),
    DatasetKind.TABLE,
    "Visits of the web shop.",
    MARKETING,
    columns("""
        session_id    STRING     Key of the session
        customer_id   INT64      Customer, if logged in
        started_at    TIMESTAMP  First hit
        landing_page  STRING     Path of the first page
        utm_campaign  STRING     Campaign that brought the visit
        device        STRING     desktop, phone or tablet
        pages         INT64      Pages seen
        country       STRING     Country of the visit
        converted     BOOL       Ended in a booking
    """),
)

DATASETS = (
    BOOKINGS,
    PASSENGERS,
    SEGMENTS,
    PAYMENTS,
    CUSTOMERS,
    REFUNDS,
    BOOKING_CHANGES,
    WEB_SESSIONS,
)

"""dbt staging models: the copies of the sources, cleaned, without personal data."""

from __future__ import annotations

from ingest.demo.company import platforms
from ingest.demo.company.statements import statement
from ingest.demo.company.teams import ANALYTICS
from ingest.demo.company.warehouse import replication
from ingest.demo.company.warehouse.models import model, selected
from ingest.demo.model import Check, Column, Dataset, DatasetKind, SchemaChange
from ingest.demo.notation import columns, copies, derivations


def _view(
    name: str, description: str, table: str, *changes: SchemaChange, criticality: str | None = None
) -> Dataset:
    return Dataset(
        platforms.snowflake("STAGING", name),
        DatasetKind.VIEW,
        description,
        ANALYTICS,
        columns(table),
        changes=changes,
        criticality=criticality,
    )


BOOKINGS = _view(
    "STG_BOOKINGS",
    "Bookings that were at least confirmed once.",
    """
        BOOKING_ID      NUMBER(38,0)  Key of the booking
        LOCATOR         VARCHAR(6)    Record locator
        CUSTOMER_ID     NUMBER(38,0)  Who booked
        CHANNEL         VARCHAR       Sales channel, lower case
        CURRENCY        VARCHAR(3)    Currency of the sale
        TOTAL_AMOUNT    NUMBER(10,2)  In the currency of the sale
        BOOKING_STATUS  VARCHAR       confirmed, cancelled or flown
        BOOKED_DATE     DATE          Day of the first hold
    """,
)
PASSENGERS = _view(
    "STG_PASSENGERS",
    "Passengers without names; documents hashed.",
    """
        PASSENGER_ID    NUMBER(38,0)  Key of the passenger
        BOOKING_ID      NUMBER(38,0)  The booking travelled on
        PASSENGER_TYPE  VARCHAR       ADT, CHD or INF
        DOCUMENT_HASH   VARCHAR(64)   SHA-256 of the document number
        AGE_YEARS       NUMBER(9,0)   Age in years
    """,
)
SEGMENTS = _view(
    "STG_SEGMENTS",
    "Booked flights that are still held or flown.",
    """
        SEGMENT_ID      NUMBER(38,0)  Key of the segment
        BOOKING_ID      NUMBER(38,0)  The booking it belongs to
        FLIGHT_NO       VARCHAR       Marketing flight number
        DEPARTURE_DATE  DATE          Local date of departure
        ROUTE           VARCHAR       Origin and destination, LIS-ARN
        CABIN           VARCHAR       economy or business
        FARE_BASIS      VARCHAR       Fare basis code
        SEGMENT_AMOUNT  NUMBER(10,2)  In the booking's currency
    """,
    SchemaChange(14, Column("FARE_BRAND", "VARCHAR", "Light, Classic or Flex")),
)
PAYMENTS = _view(
    "STG_PAYMENTS",
    "Captured payments.",
    """
        PAYMENT_ID  NUMBER(38,0)  Key of the payment
        BOOKING_ID  NUMBER(38,0)  What was paid for
        METHOD      VARCHAR       card, wallet, voucher or invoice
        AMOUNT      NUMBER(10,2)  In the payment's currency
        CURRENCY    VARCHAR(3)    ISO 4217
        PAID_DATE   DATE          Day of capture
    """,
    SchemaChange(18, Column("AMOUNT", "NUMBER(14,2)", "In the payment's currency; groups")),
)
REFUNDS = _view(
    "STG_REFUNDS",
    "Refunds with the currency of their payment.",
    """
        REFUND_ID      NUMBER(38,0)  Key of the refund
        BOOKING_ID     NUMBER(38,0)  The booking refunded
        AMOUNT         NUMBER(10,2)  In the payment's currency
        CURRENCY       VARCHAR(3)    Currency of the payment
        REASON         VARCHAR       cancelled, delay, baggage or goodwill
        REFUNDED_DATE  DATE          Day of the refund
    """,
)
CUSTOMERS = _view(
    "STG_CUSTOMERS",
    "Customers without personal data; addresses hashed.",
    """
        CUSTOMER_ID     NUMBER(38,0)  Key of the customer
        EMAIL_HASH      VARCHAR(64)   SHA-256 of the address in lower case
        COUNTRY         VARCHAR(2)    Country of residence
        LOYALTY_TIER    VARCHAR       none, blue, silver or gold
        IS_MEMBER       BOOLEAN       In the frequent flyer programme
        CUSTOMER_SINCE  DATE          Day of registration
    """,
)
FLIGHTS = _view(
    "STG_FLIGHTS",
    "Legs that have arrived, with their delays.",
    """
        FLIGHT_ID            NUMBER(38,0)  Key of the leg
        FLIGHT_NO            VARCHAR       Operating flight number
        DEPARTURE_DATE       DATE          Local date of departure
        ORIGIN               VARCHAR(3)    IATA code
        ROUTE                VARCHAR       Origin and destination, LIS-ARN
        AIRCRAFT_ID          NUMBER(38,0)  Aircraft that flew it
        SCHEDULED_DEPARTURE  TIMESTAMP_TZ  Off blocks, planned
        DELAY_CODE           VARCHAR       IATA delay code
        DEPARTURE_DELAY_MIN  NUMBER(9,0)   Minutes off blocks after plan
        ARRIVAL_DELAY_MIN    NUMBER(9,0)   Minutes on blocks after plan
    """,
)

_SEGMENT_FLOWS = (
    *copies(
        "SEGMENT_ID BOOKING_ID FLIGHT_NO DEPARTURE_DATE CABIN FARE_BASIS SEGMENT_AMOUNT",
        replication.SEGMENTS,
    ),
    *derivations(
        """
            ROUTE  TRANSFORMATION  s.ORIGIN s.DESTINATION
            *      FILTER          s.STATUS
        """,
        s=replication.SEGMENTS,
    ),
)

JOBS = (
    model(
        BOOKINGS,
        "staging",
        selected(
            BOOKINGS,
            (replication.BOOKINGS,),
            (
                *copies(
                    "BOOKING_ID LOCATOR CUSTOMER_ID CURRENCY TOTAL_AMOUNT", replication.BOOKINGS
                ),
                *derivations(
                    """
                        CHANNEL         TRANSFORMATION  b.CHANNEL
                        BOOKING_STATUS  IDENTITY        b.STATUS
                        BOOKED_DATE     TRANSFORMATION  b.BOOKED_AT
                        *               FILTER          b.STATUS
                    """,
                    b=replication.BOOKINGS,
                ),
            ),
        ),
        checks=(
            Check("unique", "BOOKING_ID"),
            Check("not_null", "CUSTOMER_ID"),
        ),
    ),
    model(
        PASSENGERS,
        "staging",
        selected(
            PASSENGERS,
            (replication.PASSENGERS,),
            (
                *copies("PASSENGER_ID BOOKING_ID PASSENGER_TYPE", replication.PASSENGERS),
                *derivations(
                    """
                        DOCUMENT_HASH  TRANSFORMATION!  p.DOCUMENT_NO
                        AGE_YEARS      TRANSFORMATION   p.BIRTH_DATE
                    """,
                    p=replication.PASSENGERS,
                ),
            ),
        ),
    ),
    model(
        SEGMENTS,
        "staging",
        selected(
            SEGMENTS,
            (replication.SEGMENTS,),
            _SEGMENT_FLOWS,
            sql=statement("analytics", "stg_segments_without_brand"),
        ),
        selected(
            SEGMENTS,
            (replication.SEGMENTS,),
            (
                *_SEGMENT_FLOWS,
                *derivations("FARE_BRAND TRANSFORMATION s.FARE_BRAND", s=replication.SEGMENTS),
            ),
            since=14,
        ),
    ),
    model(
        PAYMENTS,
        "staging",
        selected(
            PAYMENTS,
            (replication.PAYMENTS,),
            (
                *copies("PAYMENT_ID BOOKING_ID METHOD AMOUNT CURRENCY", replication.PAYMENTS),
                *derivations(
                    """
                        PAID_DATE  TRANSFORMATION  p.PAID_AT
                        *          FILTER          p.STATUS
                    """,
                    p=replication.PAYMENTS,
                ),
            ),
        ),
    ),
    model(
        REFUNDS,
        "staging",
        selected(
            REFUNDS,
            (replication.REFUNDS, replication.PAYMENTS),
            (
                *copies("REFUND_ID BOOKING_ID AMOUNT REASON", replication.REFUNDS),
                *derivations(
                    """
                        CURRENCY       IDENTITY        p.CURRENCY
                        REFUNDED_DATE  TRANSFORMATION  r.REFUNDED_AT
                        *              JOIN            r.PAYMENT_ID p.PAYMENT_ID
                    """,
                    r=replication.REFUNDS,
                    p=replication.PAYMENTS,
                ),
            ),
        ),
    ),
    model(
        CUSTOMERS,
        "staging",
        selected(
            CUSTOMERS,
            (replication.CUSTOMERS,),
            (
                *copies("CUSTOMER_ID COUNTRY", replication.CUSTOMERS),
                *derivations(
                    """
                        EMAIL_HASH      TRANSFORMATION!  c.EMAIL
                        LOYALTY_TIER    TRANSFORMATION   c.LOYALTY_TIER
                        IS_MEMBER       TRANSFORMATION!  c.LOYALTY_NO
                        CUSTOMER_SINCE  TRANSFORMATION   c.CREATED_AT
                    """,
                    c=replication.CUSTOMERS,
                ),
            ),
        ),
    ),
    model(
        FLIGHTS,
        "staging",
        selected(
            FLIGHTS,
            (replication.FLIGHTS,),
            (
                *copies(
                    "FLIGHT_ID FLIGHT_NO DEPARTURE_DATE ORIGIN AIRCRAFT_ID SCHEDULED_DEPARTURE "
                    "DELAY_CODE",
                    replication.FLIGHTS,
                ),
                *derivations(
                    """
                        ROUTE                TRANSFORMATION  f.ORIGIN f.DESTINATION
                        DEPARTURE_DELAY_MIN  TRANSFORMATION  f.SCHEDULED_DEPARTURE
                        DEPARTURE_DELAY_MIN  TRANSFORMATION  f.ACTUAL_DEPARTURE
                        ARRIVAL_DELAY_MIN    TRANSFORMATION  f.SCHEDULED_ARRIVAL
                        ARRIVAL_DELAY_MIN    TRANSFORMATION  f.ACTUAL_ARRIVAL
                        *                    FILTER          f.STATUS
                    """,
                    f=replication.FLIGHTS,
                ),
            ),
        ),
    ),
)
DATASETS = (BOOKINGS, PASSENGERS, SEGMENTS, PAYMENTS, REFUNDS, CUSTOMERS, FLIGHTS)

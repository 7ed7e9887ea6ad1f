"""dbt models of customers; one of their tables is renamed within the month."""

from __future__ import annotations

from dataclasses import replace

from ingest.demo.company import platforms
from ingest.demo.company.statements import compiled
from ingest.demo.company.teams import MARKETING
from ingest.demo.company.warehouse import staging
from ingest.demo.company.warehouse.models import model, selected, table
from ingest.demo.company.warehouse.revenue import BOOKING_REVENUE
from ingest.demo.model import Dataset, Job
from ingest.demo.notation import copies, derivations

RENAMED_ON = 20
"""The day on which CUSTOMER_LTV becomes CUSTOMER_VALUE."""

DIM_CUSTOMER = table(
    platforms.snowflake("MARTS", "DIM_CUSTOMER"),
    "Customers with their booking history.",
    """
        CUSTOMER_ID         NUMBER(38,0)  Key of the customer
        EMAIL_HASH          VARCHAR(64)   SHA-256 of the address
        COUNTRY             VARCHAR(2)    Country of residence
        LOYALTY_TIER        VARCHAR       none, blue, silver or gold
        FIRST_BOOKING_DATE  DATE          First booking
        LAST_BOOKING_DATE   DATE          Latest booking
        BOOKINGS            NUMBER(18,0)  Bookings so far
    """,
)
_VALUE_COLUMNS = """
    CUSTOMER_ID         NUMBER(38,0)   Key of the customer
    EMAIL_HASH          VARCHAR(64)    SHA-256 of the address
    COUNTRY             VARCHAR(2)     Country of residence
    LOYALTY_TIER        VARCHAR        none, blue, silver or gold
    LIFETIME_VALUE_EUR  NUMBER(38,10)  Net revenue so far
    VALUE_DECILE        NUMBER(38,0)   1 is the most valuable tenth
"""
CUSTOMER_LTV = table(
    platforms.snowflake("MARTS", "CUSTOMER_LTV"),
    "Lifetime value of each customer.",
    _VALUE_COLUMNS,
    owner=MARKETING,
)
CUSTOMER_VALUE = table(
    platforms.snowflake("MARTS", "CUSTOMER_VALUE"),
    "Lifetime value of each customer.",
    _VALUE_COLUMNS,
    owner=MARKETING,
)


def _customer_value(output: Dataset, since: int) -> Job:
    return model(
        output,
        "marts",
        selected(
            output,
            (staging.CUSTOMERS, BOOKING_REVENUE),
            (
                *copies("CUSTOMER_ID EMAIL_HASH COUNTRY LOYALTY_TIER", staging.CUSTOMERS),
                *derivations(
                    """
                        LIFETIME_VALUE_EUR  AGGREGATION  r.NET_EUR
                        LIFETIME_VALUE_EUR  GROUP_BY     r.CUSTOMER_ID
                        VALUE_DECILE        WINDOW       r.NET_EUR
                        *                   JOIN         c.CUSTOMER_ID r.CUSTOMER_ID
                    """,
                    c=staging.CUSTOMERS,
                    r=BOOKING_REVENUE,
                ),
            ),
            sql=compiled(CUSTOMER_VALUE),
            since=since,
        ),
    )


MARTS = (
    model(
        DIM_CUSTOMER,
        "marts",
        selected(
            DIM_CUSTOMER,
            (staging.CUSTOMERS, BOOKING_REVENUE),
            (
                *copies("CUSTOMER_ID EMAIL_HASH COUNTRY LOYALTY_TIER", staging.CUSTOMERS),
                *derivations(
                    """
                        FIRST_BOOKING_DATE  AGGREGATION  r.BOOKED_DATE
                        LAST_BOOKING_DATE   AGGREGATION  r.BOOKED_DATE
                        BOOKINGS            AGGREGATION  r.BOOKING_ID
                        *                   JOIN         c.CUSTOMER_ID r.CUSTOMER_ID
                        *                   GROUP_BY     c.CUSTOMER_ID c.EMAIL_HASH
                        *                   GROUP_BY     c.COUNTRY c.LOYALTY_TIER
                    """,
                    c=staging.CUSTOMERS,
                    r=BOOKING_REVENUE,
                ),
            ),
        ),
    ),
    replace(_customer_value(CUSTOMER_LTV, since=0), until=RENAMED_ON),
    _customer_value(CUSTOMER_VALUE, since=RENAMED_ON),
)
DATASETS = (DIM_CUSTOMER, CUSTOMER_LTV, CUSTOMER_VALUE)

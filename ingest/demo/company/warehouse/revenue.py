"""dbt models of revenue: per booking, per route."""

from __future__ import annotations

from ingest.demo.company import platforms
from ingest.demo.company.statements import statement
from ingest.demo.company.warehouse import feeds, staging
from ingest.demo.company.warehouse.models import model, selected, table
from ingest.demo.model import Check
from ingest.demo.notation import copies, derivations

BOOKING_REVENUE = table(
    platforms.snowflake("INTERMEDIATE", "INT_BOOKING_REVENUE"),
    "What each booking brought in, in euro, refunds apart.",
    """
        BOOKING_ID    NUMBER(38,0)   Key of the booking
        CUSTOMER_ID   NUMBER(38,0)   Who booked
        CHANNEL       VARCHAR        Sales channel
        BOOKED_DATE   DATE           Day of the first hold
        GROSS_EUR     NUMBER(38,10)  Captured payments
        REFUNDED_EUR  NUMBER(38,10)  Given back
        NET_EUR       NUMBER(38,10)  Gross less refunds
    """,
)
FCT_BOOKINGS = table(
    platforms.snowflake("MARTS", "FCT_BOOKINGS"),
    "Bookings with revenue, party and first flight.",
    """
        BOOKING_ID       NUMBER(38,0)   Key of the booking
        CUSTOMER_ID      NUMBER(38,0)   Who booked
        CHANNEL          VARCHAR        Sales channel
        BOOKED_DATE      DATE           Day of the first hold
        GROSS_EUR        NUMBER(38,10)  Captured payments
        REFUNDED_EUR     NUMBER(38,10)  Given back
        NET_EUR          NUMBER(38,10)  Gross less refunds
        PASSENGERS       NUMBER(18,0)   People travelling
        FIRST_DEPARTURE  DATE           Date of the first flight
        BEST_CABIN       VARCHAR        business if any flight is
    """,
    criticality="high",
)
ROUTE_REVENUE = table(
    platforms.snowflake("MARTS", "ROUTE_REVENUE_DAILY"),
    "Revenue by route, day and cabin; net of refunds since the middle of the month.",
    """
        ROUTE           VARCHAR        Origin and destination
        DEPARTURE_DATE  DATE           Local date of departure
        CABIN           VARCHAR        economy or business
        BOOKINGS        NUMBER(18,0)   Bookings on the route
        REVENUE_EUR     NUMBER(38,10)  Share of the fares, in euro
    """,
)

_ROUTE_FLOWS = derivations(
    """
        BOOKINGS     AGGREGATION  s.BOOKING_ID
        REVENUE_EUR  AGGREGATION  s.SEGMENT_AMOUNT fx.RATE_TO_EUR
        *            JOIN         s.BOOKING_ID b.BOOKING_ID fx.CURRENCY b.CURRENCY
        *            JOIN         fx.RATE_DATE b.BOOKED_DATE
        *            GROUP_BY     s.ROUTE s.DEPARTURE_DATE s.CABIN
    """,
    s=staging.SEGMENTS,
    b=staging.BOOKINGS,
    fx=feeds.FX_RATES,
) + copies("ROUTE DEPARTURE_DATE CABIN", staging.SEGMENTS)

INTERMEDIATE = (
    model(
        BOOKING_REVENUE,
        "intermediate",
        selected(
            BOOKING_REVENUE,
            (staging.BOOKINGS, staging.PAYMENTS, staging.REFUNDS, feeds.FX_RATES),
            (
                *copies("BOOKING_ID CUSTOMER_ID CHANNEL BOOKED_DATE", staging.BOOKINGS),
                *derivations(
                    """
                        GROSS_EUR     AGGREGATION  p.AMOUNT fx.RATE_TO_EUR
                        GROSS_EUR     JOIN         p.CURRENCY fx.CURRENCY p.PAID_DATE fx.RATE_DATE
                        GROSS_EUR     GROUP_BY     p.BOOKING_ID
                        REFUNDED_EUR  AGGREGATION  r.AMOUNT fx.RATE_TO_EUR
                        REFUNDED_EUR  JOIN         r.CURRENCY fx.CURRENCY
                        REFUNDED_EUR  JOIN         r.REFUNDED_DATE fx.RATE_DATE
                        REFUNDED_EUR  GROUP_BY     r.BOOKING_ID
                        NET_EUR       AGGREGATION  p.AMOUNT r.AMOUNT fx.RATE_TO_EUR
                        *             JOIN         b.BOOKING_ID p.BOOKING_ID r.BOOKING_ID
                        *             FILTER       b.BOOKING_STATUS
                    """,
                    b=staging.BOOKINGS,
                    p=staging.PAYMENTS,
                    r=staging.REFUNDS,
                    fx=feeds.FX_RATES,
                ),
            ),
        ),
        checks=(
            Check("unique", "BOOKING_ID"),
            Check("not_null", "NET_EUR"),
        ),
    ),
)

MARTS = (
    model(
        FCT_BOOKINGS,
        "marts",
        selected(
            FCT_BOOKINGS,
            (BOOKING_REVENUE, staging.PASSENGERS, staging.SEGMENTS),
            (
                *copies(
                    "BOOKING_ID CUSTOMER_ID CHANNEL BOOKED_DATE GROSS_EUR REFUNDED_EUR NET_EUR",
                    BOOKING_REVENUE,
                ),
                *derivations(
                    """
                        PASSENGERS       AGGREGATION  p.PASSENGER_ID
                        FIRST_DEPARTURE  AGGREGATION  s.DEPARTURE_DATE
                        BEST_CABIN       AGGREGATION  s.CABIN
                        *                JOIN         r.BOOKING_ID p.BOOKING_ID s.BOOKING_ID
                        *                GROUP_BY     r.BOOKING_ID r.CUSTOMER_ID r.CHANNEL
                        *                GROUP_BY     r.BOOKED_DATE r.GROSS_EUR r.REFUNDED_EUR
                        *                GROUP_BY     r.NET_EUR
                    """,
                    r=BOOKING_REVENUE,
                    p=staging.PASSENGERS,
                    s=staging.SEGMENTS,
                ),
            ),
        ),
    ),
    model(
        ROUTE_REVENUE,
        "marts",
        selected(
            ROUTE_REVENUE,
            (staging.SEGMENTS, staging.BOOKINGS, feeds.FX_RATES),
            _ROUTE_FLOWS,
            sql=statement("analytics", "route_revenue_daily_gross"),
        ),
        selected(
            ROUTE_REVENUE,
            (staging.SEGMENTS, staging.BOOKINGS, BOOKING_REVENUE, feeds.FX_RATES),
            (
                *_ROUTE_FLOWS,
                *derivations(
                    """
                        REVENUE_EUR  AGGREGATION  r.NET_EUR r.GROSS_EUR
                        *            JOIN         r.BOOKING_ID
                    """,
                    r=BOOKING_REVENUE,
                ),
            ),
            since=16,
        ),
    ),
)
DATASETS = (BOOKING_REVENUE, FCT_BOOKINGS, ROUTE_REVENUE)

"""What people look at: dashboards, reports, and one notebook that nobody marked."""

from __future__ import annotations

from datetime import time

from ingest.demo.company import platforms
from ingest.demo.company.assistant import QUALITY
from ingest.demo.company.finance import LEDGER, WORKING_DAYS
from ingest.demo.company.science import SCORES
from ingest.demo.company.sources.operations import AIRCRAFT, MAINTENANCE_ORDERS
from ingest.demo.company.sources.service import CLAIMS
from ingest.demo.company.statements import statement
from ingest.demo.company.teams import (
    ASSISTANT,
    BAGGAGE,
    FINANCE,
    MARKETING,
    OPERATIONS,
    SERVICE,
)
from ingest.demo.company.warehouse.customers import (
    CUSTOMER_LTV,
    CUSTOMER_VALUE,
    DIM_CUSTOMER,
    RENAMED_ON,
)
from ingest.demo.company.warehouse.operations import BAGGAGE_DAILY, CREW_DUTY, PUNCTUALITY
from ingest.demo.company.warehouse.revenue import ROUTE_REVENUE
from ingest.demo.company.warehouse.staging import SEGMENTS
from ingest.demo.model import Dataset, Derivation, Job, Name, Revision, Schedule, Team, Tool
from ingest.demo.notation import derivations

_MONDAY = frozenset({0})


def _consumer(
    at: Name,
    description: str,
    owner: Team,
    *revisions: Revision,
    consumer: str | None = "dashboard",
    criticality: str | None = None,
) -> Job:
    return Job(
        at=at,
        tool=Tool.BI,
        type="REFRESH",
        description=description,
        owner=owner,
        path=f"workbooks/{at.name.lower().replace(' ', '_')}.twb",
        revisions=revisions,
        consumer=consumer,
        criticality=criticality,
        minutes=1,
    )


def _reads(
    sql: str,
    inputs: tuple[Dataset, ...],
    reads: tuple[Derivation, ...],
    *,
    since: int = 0,
    dialect: str = "snowflake",
) -> Revision:
    return Revision(
        since=since,
        inputs=inputs,
        derivations=reads,
        sql=statement("dashboards", sql),
        dialect=dialect,
    )


def _customer_value(table: Dataset, sql: str, since: int) -> Revision:
    return _reads(
        sql,
        (table, DIM_CUSTOMER),
        derivations(
            """
                *  IDENTITY  v.COUNTRY v.LOYALTY_TIER v.VALUE_DECILE v.LIFETIME_VALUE_EUR
                *  IDENTITY  d.BOOKINGS
                *  JOIN      v.CUSTOMER_ID d.CUSTOMER_ID
            """,
            v=table,
            d=DIM_CUSTOMER,
        ),
        since=since,
    )


PUNCTUALITY_COCKPIT = _consumer(
    Name(platforms.TABLEAU, "Punctuality cockpit"),
    "On-time performance, on the wall of the control centre.",
    OPERATIONS,
    _reads(
        "punctuality_cockpit",
        (PUNCTUALITY,),
        derivations(
            """
                *  IDENTITY  p.ROUTE p.DEPARTURE_DATE p.FLIGHTS p.FLIGHTS_ON_TIME
                *  IDENTITY  p.AVG_ARRIVAL_DELAY_MIN
                *  FILTER    p.DEPARTURE_DATE
            """,
            p=PUNCTUALITY,
        ),
    ),
    criticality="critical",
)
ROUTE_PROFITABILITY = _consumer(
    Name(platforms.TABLEAU, "Route profitability"),
    "Where the airline earns money.",
    FINANCE,
    _reads(
        "route_profitability",
        (ROUTE_REVENUE,),
        derivations(
            """
                *  IDENTITY     r.ROUTE r.CABIN
                *  AGGREGATION  r.REVENUE_EUR r.BOOKINGS
                *  FILTER       r.DEPARTURE_DATE
                *  GROUP_BY     r.ROUTE r.CABIN
            """,
            r=ROUTE_REVENUE,
        ),
    ),
    criticality="high",
)
BOARD_REPORT = _consumer(
    Name(platforms.TABLEAU, "Board revenue report"),
    "Revenue of the quarter, for the board.",
    FINANCE,
    _reads(
        "board_revenue_report",
        (LEDGER,),
        derivations(
            """
                *  IDENTITY  l.POSTING_DATE l.CHANNEL l.NET_EUR l.REFUNDED_EUR
                *  FILTER    l.POSTING_DATE
            """,
            l=LEDGER,
        ),
    ),
    consumer="report",
    criticality="critical",
)
CUSTOMER_VALUE_DASHBOARD = _consumer(
    Name(platforms.TABLEAU, "Customer value"),
    "Whom to invite, whom to win back.",
    MARKETING,
    _customer_value(CUSTOMER_LTV, "customer_ltv", 0),
    _customer_value(CUSTOMER_VALUE, "customer_value", RENAMED_ON),
)
CREW_REPORT = _consumer(
    Name(platforms.TABLEAU, "Crew duty limits"),
    "Duty hours near the legal limit, for the authority.",
    OPERATIONS,
    _reads(
        "crew_duty_limits",
        (CREW_DUTY,),
        derivations(
            """
                *  IDENTITY  c.CREW_ID c.DUTY_DATE c.DUTY_HOURS c.LEGS
                *  FILTER    c.DUTY_HOURS
            """,
            c=CREW_DUTY,
        ),
    ),
    consumer="report",
    criticality="critical",
)
BAGGAGE_BOARD = _consumer(
    Name(platforms.TABLEAU, "Baggage board"),
    "Mishandled bags by station.",
    BAGGAGE,
    _reads(
        "baggage_board",
        (BAGGAGE_DAILY,),
        derivations(
            "* IDENTITY b.STATION b.DEPARTURE_DATE b.BAGS b.MISHANDLED_BAGS", b=BAGGAGE_DAILY
        ),
    ),
    criticality="low",
)
OVERBOOKING_BOARD = _consumer(
    Name(platforms.TABLEAU, "Overbooking board"),
    "How many passengers will not show up, by flight.",
    OPERATIONS,
    _reads(
        "overbooking_board",
        (SCORES, SEGMENTS),
        derivations(
            """
                *  IDENTITY     s.FLIGHT_NO s.DEPARTURE_DATE
                *  AGGREGATION  n.NO_SHOW_PROBABILITY
                *  JOIN         s.BOOKING_ID n.BOOKING_ID
                *  GROUP_BY     s.FLIGHT_NO s.DEPARTURE_DATE
            """,
            n=SCORES,
            s=SEGMENTS,
        ),
    ),
    criticality="high",
)
FLEET_DASHBOARD = _consumer(
    Name(platforms.METABASE, "Fleet availability"),
    "Aircraft with open maintenance orders, straight from the operations system.",
    OPERATIONS,
    _reads(
        "fleet_availability",
        (AIRCRAFT, MAINTENANCE_ORDERS),
        derivations(
            """
                *  IDENTITY     a.tail_number a.type_code
                *  AGGREGATION  o.order_id
                *  JOIN         a.aircraft_id o.aircraft_id o.closed_at
                *  GROUP_BY     a.tail_number a.type_code
            """,
            a=AIRCRAFT,
            o=MAINTENANCE_ORDERS,
        ),
        dialect="postgres",
    ),
)
ASSISTANT_DASHBOARD = _consumer(
    Name(platforms.METABASE, "Assistant quality"),
    "Does the chatbot help?",
    ASSISTANT,
    _reads(
        "assistant_quality",
        (QUALITY,),
        derivations(
            """
                *  IDENTITY  q.day q.answers q.helpful q.cited_share
                *  SORT      q.day
            """,
            q=QUALITY,
        ),
        dialect="postgres",
    ),
)
CLAIMS_NOTEBOOK = _consumer(
    Name(platforms.NOTEBOOKS, "Claims review"),
    "A notebook that somebody runs on Mondays; which columns it reads, it does not say.",
    SERVICE,
    Revision(inputs=(CLAIMS,)),
    consumer=None,
)

SCHEDULES = (
    Schedule(PUNCTUALITY_COCKPIT, time(7, 0)),
    Schedule(ROUTE_PROFITABILITY, time(7, 5), WORKING_DAYS),
    Schedule(BOARD_REPORT, time(7, 10), WORKING_DAYS),
    Schedule(CUSTOMER_VALUE_DASHBOARD, time(7, 15), WORKING_DAYS),
    Schedule(CREW_REPORT, time(7, 20), _MONDAY),
    Schedule(BAGGAGE_BOARD, time(7, 25), _MONDAY),
    Schedule(OVERBOOKING_BOARD, time(9, 0)),
    Schedule(FLEET_DASHBOARD, time(6, 0), _MONDAY),
    Schedule(ASSISTANT_DASHBOARD, time(8, 0), _MONDAY),
    Schedule(CLAIMS_NOTEBOOK, time(9, 30), _MONDAY),
)

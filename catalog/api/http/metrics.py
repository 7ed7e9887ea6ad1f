"""What the server counts about itself, for Prometheus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from catalog.intake import Accepted, Refused


@dataclass(slots=True)
class Metrics:
    """Counters of one server, in a registry of their own."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    accepted: Counter = field(init=False)
    repeated: Counter = field(init=False)
    refused: Counter = field(init=False)
    notices: Counter = field(init=False)
    head: Gauge = field(init=False)
    cursor: Gauge = field(init=False)

    def __post_init__(self) -> None:
        """Register what is counted."""
        registry = self.registry
        self.accepted = Counter(
            "headwater_events_accepted", "Events stored for the first time", registry=registry
        )
        self.repeated = Counter(
            "headwater_events_repeated", "Events that were stored before", registry=registry
        )
        self.refused = Counter(
            "headwater_events_refused",
            "Events that can never be stored",
            ["code"],
            registry=registry,
        )
        self.notices = Counter(
            "headwater_event_warnings", "Oddities of accepted events", ["code"], registry=registry
        )
        self.head = Gauge("headwater_log_position", "Last position of the log", registry=registry)
        self.cursor = Gauge(
            "headwater_graph_position", "Log position the graph is made to", registry=registry
        )

    def count(self, results: Sequence[Accepted | Refused]) -> None:
        """Count what became of events."""
        for result in results:
            if isinstance(result, Refused):
                self.refused.labels(result.code).inc()
                continue
            (self.accepted if result.new else self.repeated).inc()
            for notice in result.notices:
                self.notices.labels(notice.code).inc()

    def text(self, head: int, cursor: int) -> bytes:
        """Give all figures in Prometheus' text form."""
        self.head.set(head)
        self.cursor.set(cursor)
        return generate_latest(self.registry)

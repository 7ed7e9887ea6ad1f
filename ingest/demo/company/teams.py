"""Who owns what."""

from __future__ import annotations

from ingest.demo.model import Team

BOOKING = Team("team:booking-platform", "user:ines.moreau")
OPERATIONS = Team("team:flight-operations", "user:tomas.lind")
BAGGAGE = Team("team:baggage", "user:amara.okafor")
FINANCE = Team("team:finance-data", "user:greta.holm")
ANALYTICS = Team("team:analytics-engineering", "user:jonas.weber")
MARKETING = Team("team:marketing", "user:lucia.ferri")
SERVICE = Team("team:customer-service", "user:priya.nair")
ASSISTANT = Team("team:passenger-assistant", "user:noor.haddad")
SCIENCE = Team("team:data-science", "user:ken.ito")
PLATFORM = Team("team:data-platform", "user:sam.byrne")

"""SQLAlchemy engines, observed: `observe(engine, job="nightly")`."""

from __future__ import annotations

from headwater_emitters.sqlalchemy.observation import Observation, observe

__all__ = ["Observation", "observe"]

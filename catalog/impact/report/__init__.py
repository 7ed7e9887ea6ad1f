"""The report on two states of a project."""

from __future__ import annotations

from catalog.impact.report.impacts import order, report_of

__all__ = ["order", "report_of"]

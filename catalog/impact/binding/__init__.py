"""A project bound: what its statements mean, and the columns of its relations."""

from __future__ import annotations

from catalog.impact.binding.bound import BoundProject, Column, Columns, Memory, digest
from catalog.impact.binding.project import bind_project

__all__ = ["BoundProject", "Column", "Columns", "Memory", "bind_project", "digest"]

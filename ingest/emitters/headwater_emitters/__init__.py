"""Emitters: OpenLineage events from inside pipelines.

They run in other people's jobs, so they import little, never raise, and wait for nobody: an event
is a file in a spool, and a process of its own delivers it.
"""

from __future__ import annotations

__version__ = "0.1.0"

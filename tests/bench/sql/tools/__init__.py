"""The tools that are measured, each as a module that answers one query after the other."""

from __future__ import annotations

SQLLINEAGE = "1.5.9"
OPENLINEAGE = "1.54.0"
DATAHUB = "1.7.0.17"

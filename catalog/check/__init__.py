"""The check: two states of a project compared, and the report as programs and people want it."""

"""Turns the outside world into facts. Knows OpenLineage and SQL; knows no database and no web."""

"""Naming rules of the platforms: what a dataset's namespace tells.

The table of https://openlineage.io/docs/spec/naming.
"""

from __future__ import annotations

from collections.abc import Iterable


def sql_dialect(namespaces: Iterable[str]) -> str | None:
    """Give the SQL dialect (as sqlglot names it) that datasets of these namespaces share."""
    dialects = {_DIALECTS[scheme] for scheme in map(scheme_of, namespaces) if scheme in _DIALECTS}
    return dialects.pop() if len(dialects) == 1 else None


def scheme_of(namespace: str) -> str:
    """Give what stands before `://`, else all of a namespace."""
    return namespace.partition("://")[0].casefold()


_DIALECTS: dict[str, str] = {
    "postgres": "postgres",
    "postgresql": "postgres",
    "snowflake": "snowflake",
    "bigquery": "bigquery",
}

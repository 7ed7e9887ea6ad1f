"""Writes the corpora `suite-sqllineage` and `suite-openlineage`."""

from __future__ import annotations

from tests.bench.sql.corpus import FOLDER
from tests.bench.sql.suites import openlineage_tests, sqllineage_tests
from tests.bench.sql.suites.suite import write
from tests.bench.sql.tools import OPENLINEAGE, SQLLINEAGE


def main() -> None:
    """Fetch both, and keep what their tests expect."""
    write(FOLDER / "suite-sqllineage", sqllineage_tests.statements(SQLLINEAGE))
    write(FOLDER / "suite-openlineage", openlineage_tests.statements(OPENLINEAGE))


if __name__ == "__main__":
    main()

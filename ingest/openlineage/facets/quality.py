"""Facets of what a run measured: `inputStatistics`, `outputStatistics`, `dataQualityAssertions`."""

from __future__ import annotations

from msgspec import UnsetType

from ingest.facts import Assertion, Assertions, Saying, Statistics
from ingest.openlineage.facets.reading import Reading
from ingest.openlineage.wire import facets as wire


def statistics(facet: wire.StatisticsFacet, _: object) -> Reading:
    """Read how much was read or written."""
    counts = (facet.row_count, facet.size, facet.file_count)
    return Reading((Statistics(*(_told(count) for count in counts)),))


def assertions(facet: wire.AssertionsFacet, _: object) -> Reading:
    """Read the checks that were made."""
    told = facet.assertions
    checks = (Assertion(check.assertion, check.success, check.column or None) for check in told)
    return Reading((Assertions(tuple(checks)),))


def together(one: Saying, other: Saying) -> Saying:
    """Give what a facet says that stands both at a dataset and at its reading or writing.

    Producers send assertions in either place, or in both; of other facets the latter counts.
    """
    match one, other:
        case Assertions(first), Assertions(second):
            return Assertions(tuple(dict.fromkeys((*first, *second))))
        case _:
            return other


def _told(count: int | UnsetType) -> int | None:
    return None if isinstance(count, UnsetType) else count

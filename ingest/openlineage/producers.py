"""What is known of producers: their name without the version, and their habits."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.facts import Role

_REF = re.compile(r"/(?:tree|blob)/[^/]+")
"""The branch, tag or commit in a repository's URL."""

_VERSION = re.compile(r"(?<!/)/v?\d+(?:[.-]\d+)+[^/]*(?=/|$)")
"""A version number that is a step of its own: the rest of a tag with a slash in it, too."""


@lru_cache(maxsize=1024)
def producer_name(uri: str) -> str:
    """Name a producer without its version, so that an upgrade does not make it another one.

    >>> producer_name("https://github.com/OpenLineage/OpenLineage/tree/1.54.0/integration/spark")
    'https://github.com/OpenLineage/OpenLineage/integration/spark'
    >>> producer_name("https://github.com/apache/airflow/tree/providers-openlineage/2.20.0")
    'https://github.com/apache/airflow'
    """
    return _VERSION.sub("", _REF.sub("", uri, count=1))


_TELL_PARTS = ("/integration/dbt",)
"""Ends of the names of producers whose schemas list only some columns: dbt's, those documented."""


_TELL_ALL = frozenset({"urn:headwater:emitters"})
"""Producers whose schemas of inputs list all columns, too: they ask the database for them."""


def whole_schemas(producer: str) -> frozenset[Role]:
    """Tell of which datasets the schemas that a producer (its name) sends list all columns."""
    if producer in _TELL_ALL:
        return frozenset(Role)
    return frozenset() if producer.endswith(_TELL_PARTS) else _NOT_INPUTS


_NOT_INPUTS = frozenset(Role) - {Role.INPUT}

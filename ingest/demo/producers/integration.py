"""What a tool says of itself in every event, and the signature under its facets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

import attr
from openlineage.client.facet_v2 import BaseFacet

FacetT = TypeVar("FacetT", bound=BaseFacet)


@dataclass(frozen=True, slots=True)
class Integration:
    """A producer: its URI, its name in `jobType`, the engine, the repository of its jobs."""

    producer: str
    name: str
    engine: str
    engine_version: str
    adapter_version: str
    repository: str


def signed(facets: Mapping[str, FacetT], producer: str) -> dict[str, FacetT]:
    """Give the facets with their producer set.

    The client's constructors take it by a name that type checkers do not see, or from a global.
    """
    return {key: attr.evolve(facet, producer=producer) for key, facet in facets.items()}


def custom(kind: type[FacetT], **properties: object) -> FacetT:
    """Give a facet that the standard does not define."""
    return cast("FacetT", kind().with_additional_properties(**properties))

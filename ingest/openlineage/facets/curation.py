"""Facets in which people say what a thing is and whose: `ownership`, `documentation`, `tags`."""

from __future__ import annotations

from ingest.facts import Documentation, Owner, Ownership, Tag, Tags
from ingest.openlineage.facets.reading import Reading
from ingest.openlineage.wire import facets as wire


def ownership(facet: wire.OwnershipFacet, _: object) -> Reading:
    """Read the owners."""
    return Reading((Ownership(tuple(Owner(o.name, o.type or None) for o in facet.owners)),))


def documentation(facet: wire.DocumentationFacet, _: object) -> Reading:
    """Read the description."""
    return Reading((Documentation(facet.description),))


def tags(facet: wire.TagsFacet, _: object) -> Reading:
    """Read the labels."""
    return Reading((Tags(tuple(Tag(t.key, t.value, t.field or None) for t in facet.tags)),))

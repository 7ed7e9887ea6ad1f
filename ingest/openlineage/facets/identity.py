"""Facets of a dataset's names, life and sort: `symlinks`, `lifecycleStateChange`, `datasetType`."""

from __future__ import annotations

from ingest.facts import DatasetType, Identifier, Lifecycle, Symlinks
from ingest.names import DatasetName
from ingest.openlineage.facets.reading import Reading
from ingest.openlineage.wire import facets as wire


def symlinks(facet: wire.SymlinksFacet, _: object) -> Reading:
    """Read the other names."""
    told = facet.identifiers
    identifiers = (Identifier(DatasetName(i.namespace, i.name), i.type) for i in told)
    return Reading((Symlinks(tuple(identifiers)),))


def lifecycle(facet: wire.LifecycleStateChangeFacet, _: object) -> Reading:
    """Read what happened to the dataset."""
    told = facet.previous_identifier
    named = isinstance(told, wire.PreviousIdentifier)
    previous = DatasetName(told.namespace, told.name) if named else None
    return Reading((Lifecycle(facet.lifecycle_state_change, previous),))


def dataset_type(facet: wire.DatasetTypeFacet, _: object) -> Reading:
    """Read what sort of dataset it is."""
    return Reading((DatasetType(facet.dataset_type, facet.sub_type or None),))

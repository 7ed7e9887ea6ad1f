"""The facets of a dataset, signed by the producer that tells of it.

They are built once for each producer and then shared by its events, since building one costs
more than sending it.
"""

from __future__ import annotations

from functools import cache
from typing import TypeAlias

from openlineage.client.facet_v2 import (
    DatasetFacet,
    dataset_type_dataset,
    datasource_dataset,
    documentation_dataset,
    ownership_dataset,
    schema_dataset,
    storage_dataset,
    symlinks_dataset,
    tags_dataset,
)

from ingest.demo.model import Column, Dataset, Name
from ingest.demo.producers.integration import signed

Facets: TypeAlias = dict[str, DatasetFacet]


def schema(dataset: Dataset, day: int, producer: str) -> Facets:
    """Give the columns in force on a day."""
    return _schema(dataset.columns_on(day), producer)


@cache
def located(dataset: Dataset, producer: str) -> Facets:
    """Give where a dataset is and what it is: what every producer knows of it."""
    facets: dict[str, DatasetFacet] = {
        "dataSource": datasource_dataset.DatasourceDatasetFacet(
            name=dataset.at.namespace, uri=dataset.at.namespace
        ),
        "datasetType": dataset_type_dataset.DatasetTypeDatasetFacet(datasetType=dataset.kind),
    }
    if dataset.also_named:
        facets["symlinks"] = _symlink(dataset.also_named)
    if dataset.file_format:
        facets["storage"] = storage_dataset.StorageDatasetFacet(
            storageLayer=dataset.at.namespace.split(":", maxsplit=1)[0],
            fileFormat=dataset.file_format,
        )
    return signed(facets, producer)


@cache
def described(dataset: Dataset, producer: str) -> Facets:
    """Give what people said of a dataset: documentation, owners, tags."""
    facets: dict[str, DatasetFacet] = {
        "documentation": documentation_dataset.DocumentationDatasetFacet(
            description=dataset.description
        ),
        "ownership": ownership_dataset.OwnershipDatasetFacet(
            owners=[
                ownership_dataset.Owner(name=dataset.owner.name, type="OWNER"),
                ownership_dataset.Owner(name=dataset.owner.person, type="STEWARD"),
            ]
        ),
    }
    tags = [*_marks(dataset), *(_pii(column) for column in dataset.columns if column.pii)]
    if tags:
        facets["tags"] = tags_dataset.TagsDatasetFacet(tags=tags)
    return signed(facets, producer)


@cache
def _schema(columns: tuple[Column, ...], producer: str) -> Facets:
    fields = [_field(column) for column in columns]
    return signed({"schema": schema_dataset.SchemaDatasetFacet(fields=fields)}, producer)


def _field(column: Column) -> schema_dataset.SchemaDatasetFacetFields:
    return schema_dataset.SchemaDatasetFacetFields(
        name=column.name, type=column.type, description=column.description or None
    )


def _symlink(name: Name) -> symlinks_dataset.SymlinksDatasetFacet:
    return symlinks_dataset.SymlinksDatasetFacet(
        identifiers=[
            symlinks_dataset.Identifier(namespace=name.namespace, name=name.name, type="TABLE")
        ]
    )


def _marks(dataset: Dataset) -> list[tags_dataset.TagsDatasetFacetFields]:
    marks = {
        "headwater.consumer": dataset.consumer,
        "headwater.criticality": dataset.criticality,
    }
    return [
        tags_dataset.TagsDatasetFacetFields(key=key, value=value, source="meridian")
        for key, value in marks.items()
        if value
    ]


def _pii(column: Column) -> tags_dataset.TagsDatasetFacetFields:
    return tags_dataset.TagsDatasetFacetFields(
        key="pii", value="true", source="meridian", field=column.name
    )

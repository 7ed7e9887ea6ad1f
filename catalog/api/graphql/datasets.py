"""Datasets and what they are made of: views on their names, and on schemas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import strawberry

from catalog.api.graphql.context import Info
from catalog.api.graphql.things import ThingType
from catalog.api.graphql.values import TagType
from catalog.whatif.tags import InheritedTag, inherited_tags
from ingest.facts import Tag
from ingest.flows import Rows, Whole
from ingest.names import ColumnName, DatasetName, encode_id

_HERE = strawberry.lazy("catalog.api.graphql.datasets")
_Dataset = Annotated["DatasetType", _HERE]
_Column = Annotated["ColumnType", _HERE]
_Inherited = Annotated["InheritedTagType", _HERE]


@strawberry.type(name="Column", description="A column of a dataset.")
class ColumnType:
    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Recognise the value that this is a view of."""
        return isinstance(value, ColumnName)

    @strawberry.field(description="Opaque, stable, fit for URLs.")
    @staticmethod
    def id(root: strawberry.Parent[ColumnName]) -> strawberry.ID:
        return strawberry.ID(encode_id(root))

    @strawberry.field(description="The name; of a nested field the names on its path, dotted.")
    @staticmethod
    def name(root: strawberry.Parent[ColumnName]) -> str:
        return ".".join(root.path)

    @strawberry.field(description="The names on its path; one, unless it is nested.")
    @staticmethod
    def path(root: strawberry.Parent[ColumnName]) -> Sequence[str]:
        return root.path

    @strawberry.field(graphql_type=_Dataset, description="The dataset that it is a column of.")
    @staticmethod
    def dataset(root: strawberry.Parent[ColumnName]) -> DatasetName:
        return root.dataset

    @strawberry.field(description="Its type in the schema in force, as the producer spells it.")
    @staticmethod
    async def type(root: strawberry.Parent[ColumnName], info: Info) -> str | None:
        field = await info.context.fields.load(root)
        return field.type if field else None

    @strawberry.field(description="What it is, in its producers' words.")
    @staticmethod
    async def description(root: strawberry.Parent[ColumnName], info: Info) -> str | None:
        field = await info.context.fields.load(root)
        return field.description if field else None

    @strawberry.field(description="Is it in the schema in force, or only named by lineage?")
    @staticmethod
    async def in_schema(root: strawberry.Parent[ColumnName], info: Info) -> bool:
        return await info.context.fields.load(root) is not None

    @strawberry.field(graphql_type=list[TagType], description="Labels on this column.")
    @staticmethod
    async def tags(root: strawberry.Parent[ColumnName], info: Info) -> Sequence[Tag]:
        described = await info.context.descriptions.load(root.dataset)
        return [tag for tag in described.tags if tag.column == ".".join(root.path)]

    @strawberry.field(
        graphql_type=list[_Inherited],
        description="Labels of the columns whose values it has, unmasked: the nearest of each.",
    )
    @staticmethod
    async def inherited_tags(
        root: strawberry.Parent[ColumnName], info: Info
    ) -> Sequence[InheritedTag]:
        return await inherited_tags(info.context.graph, root)


@strawberry.type(name="InheritedTag", description="A label that comes with a column's value.")
class InheritedTagType:
    depth: int = strawberry.field(description="Over how many links.")

    @strawberry.field(graphql_type=TagType, description="The label.")
    @staticmethod
    def tag(root: strawberry.Parent[InheritedTag]) -> Tag:
        return root.tag

    @strawberry.field(graphql_type=_Column, description="The column that it is on.")
    @staticmethod
    def source(root: strawberry.Parent[InheritedTag]) -> ColumnName:
        return root.source


@strawberry.type(name="Schema", description="The columns of a dataset as now known.")
class SchemaType:
    full: bool = strawberry.field(description="There are no other columns.")
    since: datetime | None = strawberry.field(description="When it was last stated.")


@strawberry.type(name="Dataset", description="A table, a view, a file, a topic.")
class DatasetType(ThingType):
    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Recognise the value that this is a view of."""
        return isinstance(value, DatasetName)

    @strawberry.field(description="TABLE, VIEW, FILE, TOPIC and so on, if told.")
    @staticmethod
    async def type(root: strawberry.Parent[DatasetName], info: Info) -> str | None:
        told = (await info.context.descriptions.load(root)).dataset_type
        return told.type if told else None

    @strawberry.field(graphql_type=list[_Dataset], description="The other names it has.")
    @staticmethod
    async def aliases(root: strawberry.Parent[DatasetName], info: Info) -> Sequence[DatasetName]:
        return await info.context.graph.called(root)

    @strawberry.field(graphql_type=SchemaType, description="What is known of its columns.")
    @staticmethod
    async def schema(root: strawberry.Parent[DatasetName], info: Info) -> Any:  # noqa: ANN401
        return await info.context.schemas.load(root)

    @strawberry.field(
        graphql_type=list[ColumnType],
        description="Its columns in the order of the schema, then those only lineage names.",
    )
    @staticmethod
    async def columns(root: strawberry.Parent[DatasetName], info: Info) -> Sequence[ColumnName]:
        schema = await info.context.schemas.load(root)
        stated = [ColumnName(root, field.path) for field in schema.fields]
        ends = await info.context.ends.load(root)
        named = [end for end in ends if isinstance(end, ColumnName)]
        return list(dict.fromkeys((*stated, *named)))


@strawberry.type(name="Rows", description="The row set of a dataset: which rows there are.")
class RowsType:
    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Recognise the value that this is a view of."""
        return isinstance(value, Rows)

    @strawberry.field(graphql_type=DatasetType, description="The dataset whose rows they are.")
    @staticmethod
    def dataset(root: strawberry.Parent[Rows]) -> DatasetName:
        return root.dataset


@strawberry.type(name="Whole", description="A dataset of which it is not known which columns.")
class WholeType:
    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Recognise the value that this is a view of."""
        return isinstance(value, Whole)

    @strawberry.field(graphql_type=DatasetType, description="The dataset.")
    @staticmethod
    def dataset(root: strawberry.Parent[Whole]) -> DatasetName:
        return root.dataset

"""What dbt makes of the nodes of its projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from catalog.api.graphql.datasets import DatasetType
from ingest.names import DatasetName

UniqueIds = Annotated[
    list[str], strawberry.argument(description="As in its manifest: `model.shop.orders`.")
]


@dataclass(frozen=True, slots=True)
class MadeOfNode:
    """A node of a dbt project, and what its latest completed runs wrote."""

    unique_id: str
    datasets: Sequence[DatasetName]


@strawberry.type(name="DbtNode", description="A model, seed or snapshot of a dbt project.")
class DbtNodeType:
    unique_id: str = strawberry.field(description="As in the project's manifest.")

    @strawberry.field(
        graphql_type=list[DatasetType],
        description="What its latest completed runs wrote; several if it is built in several"
        " places.",
    )
    @staticmethod
    def datasets(root: strawberry.Parent[MadeOfNode]) -> Sequence[DatasetName]:
        return root.datasets

"""The question of coverage: how much the catalog knows, and how well."""

from __future__ import annotations

from collections.abc import Sequence

import strawberry

from catalog.model.census import Census, JobsOfTier
from ingest.flows import Tier


@strawberry.type(name="JobsOfTier", description="Jobs whose best evidence is of one tier.")
class JobsOfTierType:
    tier: Tier = strawberry.field(description="How their links are known.")
    jobs: int = strawberry.field(description="How many jobs.")


@strawberry.type(name="SqlCoverage", description="How much of the SQL of jobs could be read.")
class SqlCoverageType:
    jobs: int = strawberry.field(description="Jobs whose SQL was read.")
    bound: int = strawberry.field(
        description="Those of which every name was found, in tables whose columns are all known."
    )
    unread: int = strawberry.field(description="Those of which nothing could be told.")


@strawberry.type(name="Coverage", description="How much the catalog knows.")
class CoverageType:
    datasets: int = strawberry.field(description="Datasets, those only named included.")
    columns: int = strawberry.field(description="Columns, of schemas and of lineage.")
    jobs: int = strawberry.field(description="Jobs.")
    runs: int = strawberry.field(description="Runs.")
    links: int = strawberry.field(description="Links that hold, at column grain.")

    sql: SqlCoverageType = strawberry.field(description="The SQL of each job's latest run.")

    @strawberry.field(
        graphql_type=list[JobsOfTierType],
        description="Jobs with links, by the best tier of their evidence.",
    )
    @staticmethod
    def jobs_by_tier(root: strawberry.Parent[Census]) -> Sequence[JobsOfTier]:
        return root.jobs_by_tier

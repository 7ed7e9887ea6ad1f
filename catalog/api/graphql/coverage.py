"""The question of coverage: how much the catalog knows, and how well."""

from __future__ import annotations

from collections.abc import Sequence

import strawberry

from catalog.api.graphql.jobs import JobView
from catalog.api.graphql.pages import page_size
from catalog.api.graphql.values import TroubleType
from catalog.model.census import Census, JobsOfTier, SqlCensus, UnreadSql
from catalog.model.reading import Trouble
from ingest.flows import Tier
from ingest.names import JobName


@strawberry.type(name="JobsOfTier", description="Jobs whose best evidence is of one tier.")
class JobsOfTierType:
    tier: Tier = strawberry.field(description="How their links are known.")
    jobs: int = strawberry.field(description="How many jobs.")


@strawberry.type(name="UnreadSql", description="A job whose SQL could not be read.")
class UnreadSqlType:
    @strawberry.field(graphql_type=JobView, description="The job.")
    @staticmethod
    def job(root: strawberry.Parent[UnreadSql]) -> JobName:
        return root.job

    @strawberry.field(graphql_type=TroubleType, description="Why.")
    @staticmethod
    def trouble(root: strawberry.Parent[UnreadSql]) -> Trouble:
        return root.trouble


@strawberry.type(name="SqlCoverage", description="How much of the SQL of jobs could be read.")
class SqlCoverageType:
    jobs: int = strawberry.field(description="Jobs whose SQL was read.")
    bound: int = strawberry.field(
        description="Those of which every name was found, in tables whose columns are all known."
    )

    @strawberry.field(description="Those of which nothing could be told.")
    @staticmethod
    def unread(root: strawberry.Parent[SqlCensus]) -> int:
        return len(root.unread)

    @strawberry.field(
        description="Those that took too long, or ended the process that read them: they are read "
        "again when the server starts."
    )
    @staticmethod
    def faults(root: strawberry.Parent[SqlCensus]) -> int:
        return len(root.faults)

    @strawberry.field(
        graphql_type=list[UnreadSqlType],
        description="The first of those of which nothing could be told, by name, and why.",
    )
    @staticmethod
    def unread_jobs(root: strawberry.Parent[SqlCensus], first: int = 20) -> Sequence[UnreadSql]:
        return root.unread[: page_size(first)]


@strawberry.type(name="Coverage", description="How much the catalog knows.")
class CoverageType:
    datasets: int = strawberry.field(description="Datasets, those only named included.")
    columns: int = strawberry.field(description="Columns, of schemas and of lineage.")
    jobs: int = strawberry.field(description="Jobs.")
    runs: int = strawberry.field(description="Runs.")
    links: int = strawberry.field(description="Links that hold, at column grain.")

    @strawberry.field(graphql_type=SqlCoverageType, description="The SQL of each job's latest run.")
    @staticmethod
    def sql(root: strawberry.Parent[Census]) -> SqlCensus:
        return root.sql

    @strawberry.field(
        graphql_type=list[JobsOfTierType],
        description="Jobs with links, by the best tier of their evidence.",
    )
    @staticmethod
    def jobs_by_tier(root: strawberry.Parent[Census]) -> Sequence[JobsOfTier]:
        return root.jobs_by_tier

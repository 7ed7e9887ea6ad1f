"""The question of impact: what breaks downstream if this changes?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from catalog.api.graphql.context import Info
from catalog.api.graphql.pages import Connection, offset_of, page_size
from catalog.api.graphql.refs import ThingInput, resolve
from catalog.api.graphql.things import ThingType
from catalog.check.headline import headline
from catalog.check.markdown import markdown
from catalog.check.sheet import sheet
from catalog.check.verdict import FailOn, verdict_of
from catalog.errors import Invalid
from catalog.model.change import ChangeKind, Rows
from catalog.model.description import Criticality
from catalog.model.page import Page, page_of
from catalog.model.report import Certainty, Impact, Report, ThingKind, Verdict
from catalog.whatif.composed import Composed
from ingest.names import ColumnName, DatasetName

strawberry.enum(ChangeKind, name="ChangeKind", description="The kinds of change.")
strawberry.enum(Verdict, name="Verdict", description="What happens to a thing, strongest first.")
strawberry.enum(Certainty, name="Certainty", description="How a verdict is known.")
strawberry.enum(ThingKind, name="ThingKind", description="What an impact is about.")
strawberry.enum(Rows, name="RowsChange", description="What happens to the rows of a dataset.")


@strawberry.input(name="ChangeInput", description="A change that somebody thinks of.")
class ChangeInput:
    kind: ChangeKind = strawberry.field(description="What is done.")
    of: ThingInput = strawberry.field(
        description="The dataset or column; a column that is added by name."
    )
    to: str | None = strawberry.field(
        default=None,
        description="The new name (RENAMED) or type (RETYPED, ADDED); NULL (if nothing is said) "
        "or NOT NULL (NULLABILITY); a value that a column has from then on (VALUES); the columns "
        "in their new order, joined by commas (REORDERED); IN and what a new data test accepts of "
        "a column (CHECK).",
    )
    sql: str | None = strawberry.field(default=None, description="The new query (LOGIC).")
    before: str | None = strawberry.field(
        name="from", default=None, description="A value that a column has no more (VALUES)."
    )


@strawberry.type(name="SchemaChange", description="A column is added, removed, renamed, retyped.")
class SchemaChangeType:
    kind: ChangeKind = strawberry.field(description="What happens.")
    column: str | None = strawberry.field(description="The column; null: their order.")
    before: str | None = strawberry.field(name="from", description="Its name or type so far.")
    after: str | None = strawberry.field(name="to", description="Its name or type from then on.")


@strawberry.type(name="Effects", description="All that happens to a thing.")
class EffectsType:
    schema: list[SchemaChangeType] = strawberry.field(description="What happens to its columns.")
    rows: Rows = strawberry.field(description="What happens to its rows.")
    columns: list[str] = strawberry.field(description="Columns whose values change.")
    rebound: list[str] = strawberry.field(description="Names that find another column.")


@strawberry.type(name="Proof", description="Why SQL does not run any more, or means another thing.")
class ProofType:
    message: str = strawberry.field(description="In words.")
    file: str | None = strawberry.field(description="The job whose SQL it is.")
    line: int | None = strawberry.field(description="From 1.")
    column: int | None = strawberry.field(description="From 1.")
    sql: str | None = strawberry.field(description="The line of the SQL.")
    length: int | None = strawberry.field(
        description="How many characters of the line, from the column on, are to blame."
    )


@strawberry.type(name="Edit", description="A line as it is, and as it has to be.")
class EditType:
    file: str = strawberry.field(description="The job whose SQL it is.")
    line: int = strawberry.field(description="From 1.")
    before: str = strawberry.field(description="As it is.")
    after: str = strawberry.field(description="As it has to be.")


@strawberry.type(name="Change", description="A change as it was asked about.")
class ChangeType:
    kind: ChangeKind = strawberry.field(description="What is done.")
    dataset: str = strawberry.field(description="The dataset's name.")
    column: str | None = strawberry.field(description="The column.")
    before: str | None = strawberry.field(name="from", description="The name so far.")
    after: str | None = strawberry.field(name="to", description="The new name or type.")


@strawberry.type(name="Impact", description="What a change does to one thing, and who is to ask.")
class ImpactType:
    kind: ThingKind = strawberry.field(description="What sort of thing.")
    namespace: str = strawberry.field(description="Its namespace.")
    name: str = strawberry.field(description="Its name.")
    verdict: Verdict = strawberry.field(description="The strongest that holds.")
    certainty: Certainty | None = strawberry.field(description="Null: it is not known.")
    columns: list[str] = strawberry.field(
        description="Columns that change; of BREAKS those read that are missed."
    )
    reason: str = strawberry.field(description="Why, in words.")
    path: list[str] = strawberry.field(description="From the change to it.")
    steps: list[ThingType | None] = strawberry.field(
        description="What is on the path, in the catalog; null: what it does not have."
    )
    owners: list[str] = strawberry.field(description="Who is to ask.")
    jobs: list[str] = strawberry.field(description="The jobs that make it.")
    blocked_by: list[str] = strawberry.field(
        description="Of BLOCKED: the impacts, by name, that keep it from being made."
    )
    effects: EffectsType = strawberry.field(description="All that happens to it.")
    proof: ProofType | None = strawberry.field(description="Null unless it breaks or is rebound.")
    edits: list[EditType] = strawberry.field(description="What would mend it, if that is known.")
    thing: ThingType | None = strawberry.field(description="It in the catalog.")
    makers: list[ThingType] = strawberry.field(
        description="The jobs that make it, in the catalog; of a view itself."
    )

    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        """Recognise the value that this is a view of."""
        return isinstance(value, Impact)

    @strawberry.field(description="How much depends on it.")
    @staticmethod
    def criticality(root: strawberry.Parent[Impact]) -> Criticality:
        return Criticality[root.criticality.name]


@strawberry.type(name="Unparsed", description="A thing whose SQL could not be bound.")
class UnparsedType:
    name: str = strawberry.field(description="Its name.")
    reason: str = strawberry.field(description="Why.")


@strawberry.type(name="ImpactCoverage", description="How much of what is downstream was examined.")
class ImpactCoverageType:
    jobs: int = strawberry.field(description="Jobs and statements that a change reaches.")
    parsed: int = strawberry.field(
        description="Those whose SQL could be bound; of others there are links at best."
    )
    columns: int = strawberry.field(description="Columns that these give.")
    resolved: int = strawberry.field(description="Those of which all sources are known.")
    unparsed: list[UnparsedType] = strawberry.field(description="What could not be bound, and why.")
    truncated: bool = strawberry.field(description="There is more downstream than was looked at.")


@strawberry.type(name="VerdictCount", description="How many things a verdict is said of.")
class VerdictCount:
    verdict: Verdict = strawberry.field(description="The verdict.")
    things: int = strawberry.field(description="How many.")


@strawberry.type(name="ImpactReport", description="What breaks downstream, why, and who owns it.")
class ImpactReportType:
    complete: bool = strawberry.field(description="All that the changes reach was examined.")
    changes: list[ChangeType] = strawberry.field(description="What was asked about.")
    coverage: ImpactCoverageType = strawberry.field(description="How much was examined.")

    @strawberry.field(description="It in a sentence.")
    @staticmethod
    def headline(root: strawberry.Parent[Report]) -> str:
        return headline(root)

    @strawberry.field(description="`pass`, `warn` or `fail`, as `headwater check` says it.")
    @staticmethod
    def verdict(root: strawberry.Parent[Report]) -> str:
        return verdict_of(root, FailOn.BREAKS)

    @strawberry.field(description="All of it as Markdown, as `headwater check` writes it.")
    @staticmethod
    def markdown(root: strawberry.Parent[Report]) -> str:
        return markdown(root, verdict_of(root, FailOn.BREAKS))

    @strawberry.field(description="All impacts as CSV, for a spreadsheet.")
    @staticmethod
    def csv(root: strawberry.Parent[Report]) -> str:
        return sheet(root)

    @strawberry.field(description="How many things each verdict is said of.")
    @staticmethod
    def totals(root: strawberry.Parent[Report]) -> list[VerdictCount]:
        counted = Counter(one.verdict for one in root.impacts)
        return [VerdictCount(verdict=it, things=counted[it]) for it in Verdict if counted[it]]

    @strawberry.field(
        graphql_type=Connection[ImpactType],
        description="What breaks first, then what finds other columns, then what matters most.",
    )
    @staticmethod
    def impacts(
        root: strawberry.Parent[Report], first: int = 100, after: str | None = None
    ) -> Page[Impact]:
        return page_of(root.impacts, page_size(first), offset_of(after))


Changes: TypeAlias = Annotated[
    list[ChangeInput], strawberry.argument(description="What is changed, all at once.")
]
AsOf: TypeAlias = Annotated[
    datetime | None,
    strawberry.argument(description="Refused: the catalog answers as of now."),
]


async def impact_of(changes: Sequence[ChangeInput], as_of: datetime | None, info: Info) -> Report:
    """Judge changes over the whole catalog.

    Raises:
        Invalid: a change does not say what it has to, or a time is asked for.
        NotFound: the catalog does not know a thing.
    """
    if as_of is not None:
        raise Invalid("asOf: the catalog answers as of now; leave it out")
    composed = [await _composed(one, info) for one in changes]
    return await info.context.reports.on(composed, info.context.graph, info.context.sql)


async def _composed(change: ChangeInput, info: Info) -> Composed:
    if change.kind is ChangeKind.ADDED and change.of.column:
        told = change.of.column.value
        name = DatasetName(told.namespace, told.name)
        return Composed(change.kind, name, told.column, change.to, change.sql, change.before)
    found = await resolve(change.of, info.context)
    if isinstance(found, ColumnName):
        column = ".".join(found.path)
        return Composed(change.kind, found.dataset, column, change.to, change.sql, change.before)
    if isinstance(found, DatasetName):
        return Composed(change.kind, found, None, change.to, change.sql, change.before)
    raise Invalid("a change is one of a dataset or of a column")

"""Naming a thing in a question: by id, or by its names."""

from __future__ import annotations

import strawberry

from catalog.api.graphql.context import Context
from catalog.errors import Invalid, NotFound
from catalog.model.thing import Thing
from ingest.flows import End, Rows, Whole
from ingest.names import ColumnName, DatasetName, JobName, MalformedId, RunKey, decode_id
from ingest.openlineage.naming import Case, platform_of


@strawberry.input(name="NameInput", description="A namespace and a name in it.")
class NameInput:
    namespace: str = strawberry.field(description="Where the name is defined.")
    name: str = strawberry.field(description="The name in its namespace.")


@strawberry.input(name="ColumnInput", description="A column of a dataset, by name.")
class ColumnInput:
    namespace: str = strawberry.field(description="The dataset's namespace.")
    name: str = strawberry.field(description="The dataset's name.")
    column: str = strawberry.field(description="The column; of a nested field the dotted path.")


@strawberry.input(
    name="ThingInput", description="One dataset, job or column: by id or by name.", one_of=True
)
class ThingInput:
    id: strawberry.Maybe[strawberry.ID] = strawberry.field(description="Its id.")
    dataset: strawberry.Maybe[NameInput] = strawberry.field(description="A dataset's name.")
    job: strawberry.Maybe[NameInput] = strawberry.field(description="A job's name.")
    column: strawberry.Maybe[ColumnInput] = strawberry.field(description="A column's name.")


async def resolve(ref: ThingInput, context: Context) -> Thing | ColumnName | RunKey:
    """Give what is meant.

    Raises:
        NotFound: the catalog has never heard of it.
        Invalid: not an id.
    """
    if ref.id:
        return await known_id(ref.id.value, context)
    if ref.dataset:
        return await known(
            DatasetName(ref.dataset.value.namespace, ref.dataset.value.name), context
        )
    if ref.job:
        return await known(JobName(ref.job.value.namespace, ref.job.value.name), context)
    if ref.column:
        column = ref.column.value
        return await known_column(column.namespace, column.name, column.column, context)
    raise Invalid("name a thing: id, dataset, job or column")


async def name_of(ref: ThingInput, context: Context) -> Thing:
    """Give the job or the dataset that is meant, whether the catalog has heard of it or not.

    Raises:
        NotFound: an id or a column of something that it has never heard of.
        Invalid: not an id, or neither a job nor a dataset.
    """
    if ref.dataset:
        return DatasetName(ref.dataset.value.namespace, ref.dataset.value.name)
    if ref.job:
        return JobName(ref.job.value.namespace, ref.job.value.name)
    return thing_among(await resolve(ref, context))


def thing_among(found: Thing | ColumnName | RunKey) -> Thing:
    """Give a job or a dataset as it is.

    Raises:
        Invalid: it is something else.
    """
    if not isinstance(found, DatasetName | JobName):
        raise Invalid("name a job or a dataset")
    return found


async def known_id(id: str, context: Context) -> Thing | ColumnName | RunKey:
    """Give the thing with an id."""
    try:
        thing = decode_id(id)
    except MalformedId as error:
        raise Invalid(f"{id!r} is not an id of this catalog") from error
    if isinstance(thing, DatasetName | JobName):
        return await known(thing, context)
    if isinstance(thing, ColumnName):
        return await _column(thing, context)
    return thing


async def _column(column: ColumnName, context: Context) -> ColumnName:
    """Give a column, of the canonical name of its dataset, if the catalog has heard of it."""
    dataset = await context.graph.canonical(column.dataset)
    found = ColumnName(dataset, column.path)
    if found not in await context.ends.load(dataset):
        raise NotFound(f"{column.dataset.name} has no column {'.'.join(column.path)!r}")
    return found


async def known(thing: Thing, context: Context) -> Thing:
    """Give a thing, a dataset by its canonical name, if the catalog has heard of it."""
    if isinstance(thing, DatasetName):
        return await known_dataset(thing, context)
    return await known_job(thing, context)


async def known_dataset(dataset: DatasetName, context: Context) -> DatasetName:
    """Give a dataset by its canonical name, if the catalog has heard of it."""
    if not await context.known.load(dataset):
        raise NotFound(f"no dataset {dataset.name!r} in namespace {dataset.namespace!r}")
    return await context.graph.canonical(dataset)


async def known_job(job: JobName, context: Context) -> JobName:
    """Give a job back if the catalog has heard of it."""
    if not await context.known.load(job):
        raise NotFound(f"no job {job.name!r} in namespace {job.namespace!r}")
    return job


async def known_column(namespace: str, name: str, column: str, context: Context) -> ColumnName:
    """Give a column by its dotted path; a name that holds dots itself is matched whole first.

    Where the platform folds names, one that is written in another case is found, too.
    """
    dataset = await known_dataset(DatasetName(namespace, name), context)
    ends = await context.ends.load(dataset)
    for path in ((column,), tuple(column.split("."))):
        if ColumnName(dataset, path) in ends:
            return ColumnName(dataset, path)
    platform = platform_of(namespace)
    if platform is not None and platform.case is not Case.KEPT:
        columns = [one for one in ends if isinstance(one, ColumnName)]
        alike = [one for one in columns if ".".join(one.path).lower() == column.lower()]
        if len(alike) == 1:
            return alike[0]
    raise NotFound(f"{name!r} has no column {column!r}")


async def ends_of(thing: Thing | ColumnName | RunKey, context: Context) -> tuple[End, ...]:
    """Give the ends that a thing stands for at column grain: of a dataset all of them."""
    match thing:
        case DatasetName():
            ends = await context.ends.load(thing)
            return tuple({Rows(thing): None, Whole(thing): None} | dict.fromkeys(ends))
        case RunKey():
            raise Invalid("a run has no lineage of its own; ask for its job")
        case _:
            return (thing,)


def thing_of_cursor(cursor: str) -> Thing:
    """Read a cursor of the list of all things."""
    try:
        thing = decode_id(cursor)
    except MalformedId as error:
        raise Invalid(f"{cursor!r} is not a cursor of this answer") from error
    if not isinstance(thing, DatasetName | JobName):
        raise Invalid(f"{cursor!r} is not a cursor of this answer")
    return thing

"""Naming a dataset on the command line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from catalog.errors import Invalid, NotFound
from ingest.names import DatasetName

if TYPE_CHECKING:
    from catalog.ports import NamesReader

Namespace: TypeAlias = Annotated[
    str | None, typer.Option(help="The dataset's namespace.", show_default="the only one")
]


_SUGGESTED = 3


async def dataset_called(graph: NamesReader, namespace: str | None, name: str) -> DatasetName:
    """Give the dataset of that name, by its canonical name.

    Raises:
        NotFound: there is none.
        Invalid: there are several; the namespace tells which is meant.
    """
    if namespace is not None:
        given = DatasetName(namespace, name)
        if given not in await graph.sayings([given]):
            raise NotFound(f"no dataset {name!r} in namespace {namespace!r}")
        return await graph.canonical(given)
    found = {
        await graph.canonical(match.thing)
        for match in await graph.search(name, 50)
        if isinstance(match.thing, DatasetName) and match.thing.name == name
    }
    if not found:
        raise NotFound(f"no dataset is called {name!r}{await _others(graph, name)}")
    if len(found) > 1:
        spaces = ", ".join(sorted(one.namespace for one in found))
        raise Invalid(
            f"{len(found)} datasets are called {name!r}: say --namespace, one of {spaces}"
        )
    return found.pop()


async def _others(graph: NamesReader, name: str) -> str:
    """Suggest what is called by the last part of a name, or holds it."""
    last = re.split(r"[./]", name)[-1]
    found = [one.thing for one in await graph.search(last, 50)] if last else []
    names = dict.fromkeys(one.name for one in found if isinstance(one, DatasetName))
    if not names:
        return "; the page Search finds by a part of the name"
    return "; did you mean " + " or ".join(list(names)[:_SUGGESTED]) + "?"

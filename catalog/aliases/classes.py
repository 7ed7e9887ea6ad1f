"""Which names are one dataset: alias classes, computed from all that is told of other names. Pure.

Names of TABLE type that one facet lists together name one table: a metastore and its catalog. A
location belongs to the table whose facet names it. A location that different tables claim joins
nothing: a folder that everybody writes to must not make one dataset of all of them. So what a
class is does not depend on what came first, and one more facet can part what was one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from catalog.aliases.spelling import spelled, spelled_namespace, spellings
from catalog.model.alias import Told
from ingest.names import DatasetName

TABLE = "TABLE"

REMEMBERED = 50_000
"""How many datasets' spellings are kept at hand."""


class Classes:
    """The alias classes of what is told so far; each is worked out when it is asked for.

    Inside, names are in their common spelling.
    """

    def __init__(self) -> None:
        self._told: defaultdict[DatasetName, list[_Group]] = defaultdict(list)
        self._namespaces: defaultdict[str, set[str]] = defaultdict(set)
        self._classes: dict[DatasetName, tuple[DatasetName, ...]] = {}
        self._names: dict[DatasetName, tuple[DatasetName, ...]] = {}

    def add(self, told: Iterable[Told], namespaces: Iterable[str]) -> None:
        """Take in more of what is told, and namespaces in which there are datasets."""
        for one in told:
            group = _Group(one)
            for name in group.names:
                self._told[name].append(group)
            self._spell(name.namespace for name in group.written)
            self._forget()
        self._spell(namespaces)

    def _spell(self, namespaces: Iterable[str]) -> None:
        for namespace in namespaces:
            known = self._namespaces[spelled_namespace(namespace)]
            if namespace not in known:
                known.add(namespace)
                self._forget()

    def names(self, dataset: DatasetName) -> tuple[DatasetName, ...]:
        """Give all names of a dataset, under which it may be known, itself included.

        The canonical one is the first: a name that a facet gives as a table's, else the least.
        A spelling in which nobody speaks comes last, so that asking by it changes no name.
        """
        if dataset not in self._names:
            if len(self._names) >= REMEMBERED:
                self._names.clear()
            found = self._class_of(spelled(dataset))
            self._names[dataset] = found if dataset in found else (*found, dataset)
        return self._names[dataset]

    def _class_of(self, name: DatasetName) -> tuple[DatasetName, ...]:
        if name not in self._told:
            return _ordered(self._raw(name), ())
        if name not in self._classes:
            self._work_out(name)
        return self._classes[name]

    def _forget(self) -> None:
        """Forget what was worked out: something was told that it did not know."""
        self._classes.clear()
        self._names.clear()

    def is_told(self, name: DatasetName) -> bool:
        """Tell whether a facet has this name as it is written."""
        return any(name in group.written for group in self._told.get(spelled(name), ()))

    def entangled(self, dataset: DatasetName) -> frozenset[DatasetName]:
        """Give all names that facets connect with a name, whether they are one dataset or not."""
        component = self._component(spelled(dataset))
        return frozenset({dataset, *(raw for name in component for raw in self._raw(name))})

    def _work_out(self, name: DatasetName) -> None:
        """Work out the classes of all names that facets connect with one."""
        component = self._component(name)
        told = {id(group): group for one in component for group in self._told[one]}.values()
        tables = {written for group in told for written in group.tables_as_written}
        for of in _classes(component, told):
            ordered = _ordered((raw for one in of for raw in self._raw(one)), tables)
            self._classes.update(dict.fromkeys(of, ordered))

    def _component(self, name: DatasetName) -> set[DatasetName]:
        found, rest = {name}, [name]
        while rest:
            for group in self._told.get(rest.pop(), ()):
                rest += group.names - found
                found |= group.names
        return found

    def _raw(self, name: DatasetName) -> Iterator[DatasetName]:
        return spellings(name, self._namespaces.get(name.namespace, ()))


class _Group:
    """What one facet tells: the names of a table, and the locations that are said to be its own."""

    def __init__(self, told: Told) -> None:
        listed = told.symlinks.identifiers
        tables = [one.name for one in listed if one.type.upper() == TABLE]
        others = [one.name for one in listed if one.type.upper() != TABLE]
        self.tables_as_written = tuple(tables)
        self.written = (told.dataset, *tables, *others)
        self.tables = frozenset(map(spelled, tables or [told.dataset]))
        self.locations = frozenset(map(spelled, (told.dataset, *others))) - self.tables
        self.names = self.tables | self.locations


def _ordered(
    names: Iterable[DatasetName], tables: Collection[DatasetName]
) -> tuple[DatasetName, ...]:
    """Put names in order: the canonical one first."""
    ordered = sorted(set(names), key=lambda one: (one not in tables, _decorated(one), one))
    return tuple(ordered)


def _decorated(name: DatasetName) -> bool:
    return name.name != spelled(name).name


def _classes(
    names: Collection[DatasetName], told: Iterable[_Group]
) -> Collection[Collection[DatasetName]]:
    groups = list(told)
    first = {name: name for name in names}

    def find(name: DatasetName) -> DatasetName:
        while first[name] != name:
            first[name] = name = first[first[name]]
        return name

    for group in groups:
        one, *rest = group.tables
        for other in rest:
            first[find(other)] = find(one)
    for location, table in _owned(groups, {name: find(name) for name in names}):
        first[find(location)] = find(table)
    classes: defaultdict[DatasetName, list[DatasetName]] = defaultdict(list)
    for name in names:
        classes[find(name)].append(name)
    return classes.values()


def _owned(
    groups: Iterable[_Group], tables: Mapping[DatasetName, DatasetName]
) -> Iterator[tuple[DatasetName, DatasetName]]:
    """Give the locations that one table alone claims, each with that table."""
    claims: defaultdict[DatasetName, set[DatasetName]] = defaultdict(set)
    for group in groups:
        for location in group.locations:
            claims[location].add(tables[next(iter(group.tables))])
    for location, claiming in claims.items():
        if len(claiming) == 1:
            yield location, next(iter(claiming))

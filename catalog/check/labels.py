"""What newly gets values of labelled columns, within a project and beyond it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TypeAlias

from catalog.check.beyond.elsewhere import Behind, Elsewhere, Label
from catalog.check.beyond.names import Names
from catalog.check.beyond.reaching import called
from catalog.check.settings import ProjectSettings
from catalog.impact.binding import BoundProject
from catalog.impact.labels import Gained, Place, gained
from catalog.model.project import Consumer
from catalog.model.report import Labelled, ThingKind
from ingest.names import ColumnName, DatasetName

_States: TypeAlias = tuple[BoundProject, BoundProject]


def labelled(
    states: _States,
    settings: ProjectSettings,
    elsewhere: Elsewhere | None,
    names: Names | None,
) -> tuple[Labelled, ...]:
    """Give what a change brings labelled values to: consumers, and relations that none reads on.

    `names`: what the catalog calls the project's relations, if one is asked.

    Raises:
        Unavailable: the catalog does not answer.
    """
    head = states[1]
    found = gained(*states)
    datasets = _datasets(states, names) if names is not None else _NONE
    labels = _Labels(head, settings, datasets, elsewhere)
    told = _nearest(labels.of(found))
    ends = [*_in_project(head, [one for one in told if not one.gained.beside])]
    if elsewhere is not None:
        ends += _beyond(states, datasets, elsewhere, told)
    shortest: dict[tuple[bool, str, str, str, str], Labelled] = {}
    for one in sorted(ends, key=lambda one: (len(one.path), one.path)):
        shortest.setdefault(_order(one), one)
    return tuple(shortest[key] for key in sorted(shortest))


@dataclass(frozen=True, slots=True)
class _Gained:
    """A thing newly has a labelled value. `source`: where the label is."""

    label: Label
    gained: Gained


_NONE: Mapping[str, DatasetName] = {}


def _datasets(states: _States, names: Names) -> Mapping[str, DatasetName]:
    """Give what the catalog calls relations, by what the project calls them."""
    return {shown: name for name, shown in called(*states, names).items()}


@dataclass(frozen=True, slots=True)
class _Labels:
    head: BoundProject
    settings: ProjectSettings
    datasets: Mapping[str, DatasetName]
    elsewhere: Elsewhere | None

    def of(self, found: Iterable[Gained]) -> list[_Gained]:
        """Give each with the labels that its source has by the project, or in the catalog.

        What a column of the project inherits is known by following its own SQL.
        """
        found = list(found)
        places = sorted({one.origin for one in found})
        told = {place: list(self._declared(place)) for place in places}
        asked = {place: name for place in places if (name := self._column(place)) is not None}
        if self.elsewhere is not None:
            known = self.elsewhere.labels(sorted(set(asked.values())))
            for place, name in asked.items():
                made = bool(self.head.nodes[place.relation].definitions)
                told[place] += [
                    Label(one.text, one.source or self._spelled(place))
                    for one in known.get(name, ())
                    if not (made and one.source)
                ]
        return [_Gained(label, one) for one in found for label in dict.fromkeys(told[one.origin])]

    def _declared(self, place: Place) -> Iterator[Label]:
        spelled = self._spelled(place)
        for (relation, column), labels in self.head.project.labels.items():
            if (relation.lower(), column.lower()) == place:
                yield from (Label(one, spelled) for one in labels)
        for rule in self.settings.labels:
            if fnmatchcase(spelled.lower(), rule.match.lower()):
                yield from (Label(one, spelled) for one in rule.tags)

    def _spelled(self, place: Place) -> str:
        return spelled(self.head, place)

    def _column(self, place: Place) -> ColumnName | None:
        node = self.head.nodes.get(place.relation)
        dataset = self.datasets.get(node.shown) if node is not None else None
        return ColumnName(dataset, (_name(self.head, place),)) if dataset is not None else None


def spelled(head: BoundProject, place: Place) -> str:
    """Give `relation.column` as the project spells it."""
    node = head.nodes.get(place.relation)
    return f"{node.shown if node is not None else place.relation}.{_name(head, place)}"


def _name(head: BoundProject, place: Place) -> str:
    columns = head.columns.get(place.relation) or ()
    return next((one.name for one in columns if one.key.lower() == place.column), place.column)


def _nearest(told: list[_Gained]) -> list[_Gained]:
    """Of a label that is on a column and on what it is made of, too, the nearest is told."""
    on = {(one.label.text, one.gained.at, one.gained.origin) for one in told}
    return [
        one
        for one in told
        if not any((one.label.text, one.gained.at, step) in on for step in one.gained.way[1:])
    ]


def _in_project(head: BoundProject, told: list[_Gained]) -> Iterator[Labelled]:
    carried = {
        (one.label.text, other)
        for one in told
        for other in head.reads.get(one.gained.at.relation, ())
    }
    for one in told:
        key = one.gained.at.relation
        node = head.nodes[key]
        readers = [it for it in head.project.consumers if key in map(str.lower, it.reads)]
        yield from (_declared(head, one, reader) for reader in readers)
        if node.is_query or ((one.label.text, key) not in carried and not readers):
            kind = ThingKind.CONSUMER if node.is_query else ThingKind.DATASET
            path = _path(head, one.gained)
            yield Labelled(
                one.label.text, one.label.source, kind, "", node.shown, path, node.owners
            )


def _declared(head: BoundProject, one: _Gained, consumer: Consumer) -> Labelled:
    path = (*_path(head, one.gained), consumer.name)
    return Labelled(
        one.label.text,
        one.label.source,
        ThingKind.CONSUMER,
        "",
        consumer.name,
        path,
        consumer.owners,
    )


def _path(head: BoundProject, one: Gained) -> tuple[str, ...]:
    return tuple(spelled(head, place) for place in (*one.way, one.at))


def _beyond(
    states: _States, datasets: Mapping[str, DatasetName], elsewhere: Elsewhere, told: list[_Gained]
) -> Iterator[Labelled]:
    """What a column that newly has a labelled value goes on to, as the catalog has seen it."""
    base, head = states

    def column(place: Place) -> ColumnName | None:
        node = head.nodes[place.relation]
        known = {one.key.lower() for one in base.columns.get(place.relation) or ()}
        dataset = datasets.get(node.shown) if not node.is_query else None
        if dataset is None or place.column not in known:
            return None
        return ColumnName(dataset, (_name(head, place),))

    leaving = {one: name for one in told if (name := column(one.gained.at)) is not None}
    had = {one: [name for it in one.gained.beside if (name := column(it))] for one in leaving}
    asked = {*leaving.values(), *(name for names in had.values() for name in names)}
    exposed = elsewhere.exposed(sorted(asked))
    for one, name in leaving.items():
        known = {reader for other in had[one] for reader in exposed.get(other, ())}
        path = _path(head, one.gained)
        for reader in exposed.get(name, ()):
            if reader not in known:
                yield _of_catalog(one.label, reader, path)


def _of_catalog(label: Label, reader: Behind, path: tuple[str, ...]) -> Labelled:
    return Labelled(
        label.text,
        label.source,
        reader.kind,
        reader.namespace,
        reader.name,
        (*path, reader.name),
        reader.owners,
        reader.criticality,
    )


def _order(one: Labelled) -> tuple[bool, str, str, str, str]:
    return (one.kind is not ThingKind.CONSUMER, one.label, one.namespace, one.name, one.source)

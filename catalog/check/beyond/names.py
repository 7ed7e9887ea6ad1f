"""What the catalog calls the relations of a project.

What dbt calls a relation in all of its projects comes first, where its events told it. Else the
settings tell the namespace and what the SQL leaves out; rules rewrite "namespace name". A name is
never matched by its last part alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog.check.beyond.elsewhere import Elsewhere
from catalog.check.settings import ProjectSettings
from catalog.errors import Invalid
from catalog.impact.binding import BoundProject
from ingest.names import DatasetName
from ingest.openlineage.naming import Case, Platform, platform_of
from ingest.sql.schema import split_name


@dataclass(frozen=True, slots=True)
class Names:
    """`made`: relations of which it is known what dbt made of them."""

    settings: ProjectSettings
    made: Mapping[str, DatasetName] = field(default_factory=dict[str, DatasetName])

    def tell(self, relation: str) -> bool:
        """Whether anything tells what the catalog calls a relation."""
        return bool(self.settings.namespace) or relation in self.made

    def of(self, relation: str) -> DatasetName:
        """Give the name of a relation in the catalog.

        Raises:
            Invalid: the settings tell no namespace, or a rule makes something that is no name.
        """
        return self.made.get(relation) or dataset_of(relation, self.settings)


def names_of(
    states: tuple[BoundProject, BoundProject], settings: ProjectSettings, elsewhere: Elsewhere
) -> Names:
    """Ask a catalog what dbt made of the project's relations.

    Of a node that is built in several places, what lies in the project's namespace counts; where
    that is not one dataset alone, nothing is taken.

    Raises:
        Unavailable: the catalog does not answer.
    """
    nodes = {**states[0].project.nodes, **states[1].project.nodes}
    told = elsewhere.made_of(set(nodes.values()))
    made: dict[str, DatasetName] = {}
    for relation, node in nodes.items():
        found = told.get(node, ())
        if settings.namespace:
            found = [one for one in found if one.namespace == settings.namespace]
        if len(found) == 1:
            made[relation] = found[0]
    return Names(settings, made)


def dataset_of(relation: str, settings: ProjectSettings) -> DatasetName:
    """Give the name of a relation in the catalog.

    Raises:
        Invalid: the settings tell no namespace, or a rule makes something that is no name.
    """
    if not settings.namespace:
        raise Invalid(
            "say in headwater.toml which namespace of the catalog this project is: "
            '[project] namespace = "postgres://host:5432"'
        )
    platform = platform_of(settings.namespace)
    parts = [_stored(part, platform) for part in split_name(relation)]
    length = len(platform.parts) if platform is not None else 3
    for default in (settings.schema, settings.database)[max(len(parts) - 1, 0) :]:
        if default is None or len(parts) >= length:
            break
        parts.insert(0, default)
    separator = platform.separator if platform is not None else "."
    return _rewritten(DatasetName(settings.namespace, separator.join(parts)), settings)


def _stored(part: str, platform: Platform | None) -> str:
    """A platform that folds to upper case stores so what is written in lower case."""
    folds = platform is not None and platform.case is Case.UPPER
    return part.upper() if folds and part.islower() else part


def _rewritten(name: DatasetName, settings: ProjectSettings) -> DatasetName:
    text = f"{name.namespace} {name.name}"
    for rule in settings.names:
        text = rule.pattern.sub(rule.to, text)
    namespace, found, rest = text.partition(" ")
    if not found or not namespace or not rest:
        raise Invalid(f'[[project.names]] make "{text}" of {name.name}: no "namespace name"')
    return DatasetName(namespace, rest)

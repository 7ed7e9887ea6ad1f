"""Data tests whose rule is known, and contracts, as checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from catalog.check.dbt.reading import Reading, documented, relation_of, test_of
from catalog.check.dbt.yaml_places import line_in_yaml
from catalog.model.project import Check, Place, RuleKind
from ingest.connectors.dbt.manifest import Column, Node, TestMetadata, name_of

_TESTED = {
    "accepted_values": RuleKind.ACCEPTED_VALUES,
    "unique": RuleKind.UNIQUE,
    "not_null": RuleKind.NOT_NULL,
    "relationships": RuleKind.PARTNER,
}
_THERE = frozenset({"not_null", "primary_key"})
"""The constraints under which a column is never NULL."""


def checks_of(reading: Reading, node: Node, named: Mapping[str, str]) -> Iterator[Check]:
    """Give what is demanded of a node, or by it if it is a test. `named`: relations by node."""
    if node.resource_type == "model" and node.config.contract.enforced and node.relation_name:
        yield _contract(reading, node)
        yield from _never_null(reading, node)
    elif node.resource_type == "source":
        yield from _never_null(reading, node)
    elif node.test_metadata is not None and node.column_name and not node.config.where:
        found = _test(reading, node, node.test_metadata, named)
        if found is not None:
            yield found


def _contract(reading: Reading, node: Node) -> Check:
    file, line, text = _properties(reading, node, None)
    return Check(
        f"contract of {name_of(node)}",
        relation_of(node),
        RuleKind.COLUMNS,
        tuple(documented(node).items()),
        Place(file, line, _indent(text) + 1),
        text,
        guards=True,
    )


def _never_null(reading: Reading, node: Node) -> Iterator[Check]:
    """The columns that their constraints keep from being NULL."""
    whole = {
        name.lower() for one in node.constraints if one.type in _THERE for name in one.columns or ()
    }
    for column in node.columns.values():
        if _is_there(column) or column.name.lower() in whole:
            file, line, text = _properties(reading, node, column.name)
            yield Check(
                f"{name_of(node)}.{column.name} NOT NULL",
                relation_of(node),
                RuleKind.NOT_NULL,
                ((column.name, ""),),
                Place(file, line, _indent(text) + 1),
                text,
                guards=True,
            )


def _is_there(column: Column) -> bool:
    return any(one.type in _THERE for one in column.constraints)


def _test(
    reading: Reading, node: Node, test: TestMetadata, named: Mapping[str, str]
) -> Check | None:
    rule = _TESTED.get(test.name) if test.namespace is None else None
    about = node.attached_node or next(iter(node.depends_on.nodes), "")
    if rule is None or about not in named or node.column_name is None:
        return None
    values = test.kwargs.get("values")
    accepted = cast("list[object]", values) if isinstance(values, list) else []
    (where,) = test_of(reading, node)
    return Check(
        node.name,
        named[about],
        rule,
        ((node.column_name, ""),),
        Place(where.file, where.line, _indent(where.text) + 1),
        where.text,
        tuple(str(one) for one in accepted),
        partner=_partner(node, test, about, named),
    )


def _partner(
    node: Node, test: TestMetadata, about: str, named: Mapping[str, str]
) -> tuple[str, str] | None:
    """The other relation of a `relationships` test, which depends on both."""
    field = test.kwargs.get("field")
    others = [one for one in node.depends_on.nodes if one != about] or [about]
    if isinstance(field, str) and len(others) == 1 and others[0] in named:
        return named[others[0]], field
    return None


def _properties(reading: Reading, node: Node, column: str | None) -> tuple[str, int, str]:
    """Where the properties of a node, or of its column, are written."""
    if node.patch_path is None and node.resource_type != "source":
        return reading.file(node), 1, ""
    file = (node.patch_path or "").partition("://")[2] or reading.file(node)
    return file, *line_in_yaml(reading.text(file), node.name, column)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())

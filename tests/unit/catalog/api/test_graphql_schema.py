"""The committed schema is the one that is served, and every part of it is described."""

from __future__ import annotations

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    build_schema,
)

from catalog.api.graphql import schema


def test_the_committed_schema_is_the_served_one() -> None:
    """`uv run poe schema` writes it anew."""
    assert schema.COMMITTED.read_text() == schema.text()


def test_every_type_and_field_is_described() -> None:
    """A reader of the schema needs no other document."""
    types = build_schema(schema.make_schema().as_str()).type_map
    mute = [
        f"{name}.{field}"
        for name, type_ in types.items()
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType)
        and not name.startswith("__")
        for field, told in {"": type_, **type_.fields}.items()
        if not told.description
    ]
    mute += [
        name
        for name, type_ in types.items()
        if isinstance(type_, GraphQLEnumType)
        and not name.startswith("__")
        and not type_.description
    ]
    assert mute == []

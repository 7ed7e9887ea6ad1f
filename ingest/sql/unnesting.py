"""UNNEST and table functions: columns and rows made of their arguments."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier

from ingest.flows import Subtype
from ingest.sql.expressions import flow
from ingest.sql.fields import member_columns, members_of
from ingest.sql.lineage import (
    EMPTY,
    NONE,
    Lineage,
    deciding,
    merged,
    through,
)
from ingest.sql.relation import (
    Column,
    Relation,
    all_columns,
    everything,
    of_columns,
    renamed,
)
from ingest.sql.scope import Scope, clause
from ingest.sql.tree import child, dotted, identifier, listed
from ingest.sql.types.expressions import type_of
from ingest.sql.types.kinds import element_of


def unnested(scope: Scope, node: Expr, alias: Expr | None) -> Relation:
    """Each list gives a column, and decides which rows there are."""
    lists = node.expressions if isinstance(node, exp.Unnest) else [node.this]
    lists = [part.expression if isinstance(part, exp.Kwarg) else part for part in lists]
    names = listed(alias, "columns") if alias is not None else []
    values = [through(flow(part, scope), Subtype.TRANSFORMATION) for part in lists]
    shaping = NONE.union(
        *[
            deciding(value, Subtype.FILTER, clause(scope, part))
            for part, value in zip(lists, values, strict=True)
        ]
    )
    rows = Lineage(NONE, shaping, NONE)
    if len(lists) == 1 and not isinstance(node, exp.Unnest):
        return _made_of(scope, names, values[0], rows)
    called = alias.name if isinstance(alias, Expr) and alias.name else "unnest"
    if len(names) > len(lists):  # a map or a list of structs gives several
        return _made_of(scope, names, merged(values), rows)
    elements = [
        _element(scope, part, value, names[place] if place < len(names) else None, called)
        for place, (part, value) in enumerate(zip(lists, values, strict=True))
    ]
    offset = child(node, "offset")
    place = (
        [Column(offset.name, scope.binding.rules.key(offset), EMPTY)]
        if isinstance(offset, Identifier)
        else []
    )
    relation = of_columns([*elements, *place], rows)
    if len(elements) == 1 and scope.binding.rules.unnest_spreads:
        relation = _spread(scope, elements[0], place, rows)
    if len(relation.columns) == 1 and not names:
        relation.index.setdefault("unnest", elements)
    return relation


def _spread(scope: Scope, element: Column, place: list[Column], rows: Lineage) -> Relation:
    """Structs in a list are rows with their fields as columns; the whole has a name, too."""
    members = members_of(element.type)
    fields = member_columns(scope, element) if members else [element]
    relation = of_columns([*fields, *place], rows)
    relation.index.setdefault(element.key, [element])
    if element.type is None and not any(item.relation.open for item in scope.items):
        relation.otherwise = element.lineage
    return relation


def array_join(scope: Scope, nodes: list[Expr]) -> None:
    """ARRAY JOIN: a list's elements go by its alias, or else by its own name in its place."""
    elements: list[Column] = []
    for node in nodes:
        alias = child(node, "alias")
        value = through(flow(node.this if alias else node, scope), Subtype.TRANSFORMATION)
        name = alias if isinstance(alias, Identifier) else node.this
        if isinstance(name, Identifier):
            key = scope.binding.rules.key(name)
            elements.append(Column(name.this, key, value, element_of(type_of(node, scope)), node))
        scope.shaping |= deciding(value, Subtype.FILTER, clause(scope, node))
    for element in elements:
        scope.merged[element.key] = element


def _element(scope: Scope, node: Expr, value: Lineage, name: Expr | None, called: str) -> Column:
    spelled = name.name if name is not None else called
    key = scope.binding.rules.key(identifier(name)) if name is not None else called.lower()
    return Column(spelled, key, value, element_of(type_of(node, scope)), node)


def _made_of(scope: Scope, names: list[Expr], value: Lineage, rows: Lineage) -> Relation:
    """Columns that are all made of the same; of those not named, any may be asked for."""
    rules = scope.binding.rules
    columns = [Column(name.name, rules.key(identifier(name)), value) for name in names]
    relation = of_columns(columns, rows)
    relation.otherwise = None if names else value
    return relation


def function_result(scope: Scope, node: Expr, alias: Expr | None) -> Relation:
    """A table function: what its arguments hold flows into all its columns."""
    arguments = [part for part in node.iter_expressions() if not isinstance(part, _NO_VALUES)]
    if scope.binding.rules.names_in_table_functions:
        arguments = [part for part in arguments if not isinstance(part, exp.Column)]
    tables = [part for part in arguments if _is_table(part)]
    if tables:
        return _of_tables(scope, tables)
    named = list(_named_tables(node))
    if named:
        return _of_named_tables(scope, node, named)
    values = [flow(part, scope) for part in arguments]
    value = through(merged(values), Subtype.TRANSFORMATION)
    rows = Lineage(NONE, deciding(value, Subtype.FILTER, clause(scope, node)), NONE)
    told = _told_columns(node)
    if told:
        return _made_of(scope, told, value, rows)
    if isinstance(node, (exp.GenerateSeries, exp.ExplodingGenerateSeries, exp.GenerateDateArray)):
        named = alias.name if isinstance(alias, Expr) else ""
        called = "range" if node.args.get("is_end_exclusive") else "generate_series"
        column = Column(named or called, (named or called).lower(), value, None, node)
        relation = of_columns([column], rows)
        relation.index.setdefault(called, [column])
        return relation
    return _made_of(scope, [], value, rows)


def _is_table(node: Expr) -> bool:
    """Whether an argument is a table: the query that a model predicts for."""
    return isinstance(node, exp.Subquery) and isinstance(node.parent, _OF_TABLES)


def _named_tables(node: Expr) -> Iterator[Expr]:
    """`f(input => TABLE(t))`: the tables that a function is given by their names."""
    for part in node.find_all(exp.Anonymous):
        given = part.expressions[0] if len(part.expressions) == 1 else None
        if part.name.upper() == "TABLE" and isinstance(given, exp.Column):
            names = dict(zip(("this", "db", "catalog"), reversed(dotted(given)), strict=False))
            yield exp.Table(**names)


def _of_named_tables(scope: Scope, node: Expr, tables: list[Expr]) -> Relation:
    """What a function makes of tables is made of all of them; `exclude_columns` gives the rest."""
    given = _of_tables(scope, tables)
    called = {part.name.lower(): part for part in node.find_all(exp.Anonymous)}
    if "exclude_columns" not in called or "descriptor" not in called:
        made = of_columns([], given.rows)
        made.otherwise = given.otherwise
        return made
    key = scope.binding.rules.key
    without = {key(dotted(one)[-1]) for one in called["descriptor"].expressions if dotted(one)}
    return of_columns([one for one in given.columns if one.key not in without], given.rows)


_OF_TABLES = (exp.Predict, exp.MLForecast, exp.GenerateEmbedding, exp.FeaturesAtTime)


def _of_tables(scope: Scope, tables: list[Expr]) -> Relation:
    """The columns of the tables, and others that are made of all of them."""
    found = [scope.binding.query(table, scope) for table in tables]
    columns = [renamed(one, one.name, one.key) for each in found for one in all_columns(each)]
    relation = of_columns(columns, merged([each.rows for each in found]))
    relation.otherwise = through(
        merged([everything(each) for each in found]), Subtype.TRANSFORMATION
    )
    return relation


_NO_VALUES = (exp.EQ, exp.OpenJSONColumnDef, exp.JSONColumnDef, exp.JSONSchema, exp.ColumnDef)
"""Parts that say how a function reads, or what it gives; they take no value."""

_RESULTS = {
    "string_split": ("value", "ordinal"),
    "split_to_table": ("seq", "index", "value"),
    "strtok_split_to_table": ("seq", "index", "value"),
    "json_each": ("key", "value"),
    "jsonb_each": ("key", "value"),
    "json_each_text": ("key", "value"),
    "jsonb_each_text": ("key", "value"),
}


def _told_columns(node: Expr) -> list[Expr]:
    """What the columns of a table function are called, where it is known or the call says it."""
    schema = child(node, "schema")
    columns = [*listed(node, "columns"), *(listed(schema, "expressions") if schema else [])]
    if columns:
        return [name for one in columns for name in _names_in(one)]
    if isinstance(node, exp.OpenJSON):
        written = [one.this for one in node.expressions]
        return written or [exp.to_identifier(name) for name in ("key", "value", "type")]
    known = _RESULTS.get(node.name.lower(), ()) if isinstance(node, exp.Anonymous) else ()
    return [exp.to_identifier(name) for name in known]


def _names_in(column: Expr) -> list[Expr]:
    """A column of JSON_TABLE, or those of a NESTED PATH."""
    nested = child(column, "nested_schema")
    if nested is not None:
        return [name for one in listed(nested, "expressions") for name in _names_in(one)]
    return [identifier(column)] if column.name else []

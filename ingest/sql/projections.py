"""The SELECT list."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import DataType, Expr

from ingest.sql.expressions import flow
from ingest.sql.fields import member_columns, members_of
from ingest.sql.functions import UNNESTING
from ingest.sql.relation import Column
from ingest.sql.scope import Scope
from ingest.sql.selected import alias_key, projected
from ingest.sql.spreading import spread_columns, spread_struct, unnested_members
from ingest.sql.stars import Projection, expand_star, is_qualified_star
from ingest.sql.types.expressions import type_of
from ingest.sql.types.kinds import element_of


def project(scope: Scope, nodes: list[Expr]) -> Projection:
    """Bind a SELECT list; aliases become visible to what follows them, as the dialect allows."""
    projection = Projection()
    if scope.binding.rules.own_aliases_first:
        scope.named_here = {
            alias_key(scope, node.args["alias"]) for node in nodes if isinstance(node, exp.Alias)
        }
    scope.visible = scope.binding.rules.in_select
    for node in nodes:
        first, before = len(projection.columns), scope.aggregated
        scope.aggregated = False
        _project(scope, node, projection)
        if scope.aggregated:
            projection.aggregates.update(range(first, len(projection.columns)))
        scope.aggregated |= before
    return projection


def _project(scope: Scope, node: Expr, projection: Projection) -> None:
    inner = node.this if isinstance(node, exp.Alias) else node
    if isinstance(inner, exp.Star) or is_qualified_star(inner):
        expand_star(scope, inner, projection)
    elif isinstance(inner, exp.Dot) and isinstance(inner.expression, exp.Star):
        projection.columns += spread_struct(scope, inner.this)
    elif isinstance(node, exp.Aliases):
        value = flow(node.this, scope)
        for name in node.expressions:
            projection.columns.append(Column(name.name, scope.binding.rules.key(name), value))
    elif isinstance(inner, UNNESTING) and (members := unnested_members(scope, inner)) is not None:
        projection.columns += members
    elif isinstance(node, _GENERATORS) and scope.binding.rules.generators_named:
        projection.columns += _generated(scope, node)
    elif scope.binding.spreads and inner.find(exp.Columns):
        spread_columns(scope, node, projection)
    else:
        column = projected(scope, node)
        projection.columns.append(column)
        if isinstance(node, exp.Alias):
            scope.aliases.setdefault(column.key, column)


_GENERATORS = (exp.Explode, exp.Posexplode, exp.Inline)


def _generated(scope: Scope, node: Expr) -> list[Column]:
    """What `explode(…)` without alias gives: `col`, or `key` and `value` of a map."""
    value = flow(node, scope)
    kind = type_of(node.this, scope)
    element = Column("", "", value, element_of(kind), node)
    if isinstance(node, exp.Inline) and members_of(element.type):
        return member_columns(scope, element)
    of_map = kind is not None and kind.is_type(DataType.Type.MAP)
    names = ["key", "value"] if of_map else ["col"]
    if isinstance(node, exp.Posexplode):
        names.insert(0, "pos")
    return [Column(name, name, value, element.type if name == "col" else None) for name in names]

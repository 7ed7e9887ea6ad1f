"""WITH: which items are visible where, each bound once, the recursive to a fixpoint."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier

from ingest.sql.errors import Code
from ingest.sql.relation import (
    NOTHING,
    Column,
    Relation,
    all_columns,
    of_columns,
    renamed,
    unknown,
)
from ingest.sql.scope import CTE, Scope, Told, problem
from ingest.sql.tree import child, identifier, listed


def visible_ctes(node: Expr, outer: Scope) -> dict[str, CTE]:
    """The visible WITH items: each sees those before it, and itself only if recursive."""
    clause = child(node, "with_")
    if not isinstance(clause, Expr):
        return outer.ctes
    visible = dict(outer.ctes)
    recursive = bool(clause.args.get("recursive"))
    made: list[CTE] = []
    for item in clause.expressions:
        if item.args.get("scalar"):
            continue  # a value, which the query itself names
        key = outer.binding.rules.key(item.args["alias"].this)
        cte = CTE(item, Scope(outer.binding, outer, dict(visible), locals=outer.locals))
        if recursive and _reads(item.this, key, outer):
            cte.recursive = True
            cte.scope.ctes[key] = cte
        visible[key] = cte
        made.append(cte)
    for cte in made:
        _bind_ahead(cte)
    return visible


def _bind_ahead(cte: CTE) -> None:
    """Bind WITH items in order (long chains are no deep recursion), even if no one reads them.

    Some dialects do not look at what is not read: what is found there counts when it is.
    """
    binding = cte.scope.binding
    if binding.rules.unused_ctes_bound:
        bind_cte(cte)
        return
    told, binding.told = binding.told, Told()
    bind_cte(cte)
    cte.unused, binding.told = binding.told, told


def _reads(node: Expr, key: str, outer: Scope) -> bool:
    return any(
        isinstance(table.this, Identifier) and outer.binding.rules.key(table.this) == key
        for table in node.find_all(exp.Table)
    )


def bind_cte(cte: CTE) -> Relation:
    """Bind a WITH item, once; a recursive one until its lineage grows no more."""
    if cte.unused is not None:
        cte.scope.binding.told.add(cte.unused)
        cte.unused = None
    if cte.relation is None:
        if cte.recursive:
            _fixpoint(cte)
        else:
            cte.relation = _named(cte, cte.scope.binding.query(cte.node.this, cte.scope))
    return cte.relation or NOTHING


def _fixpoint(cte: CTE) -> None:
    binding = cte.scope.binding
    node = cte.node.this
    start = node
    while isinstance(start, exp.SetOperation):
        start = start.this
    cte.relation = _named(cte, binding.query(start, cte.scope))
    told, references = len(binding.told.problems), len(binding.told.references)
    while True:
        del binding.told.problems[told:], binding.told.references[references:]
        before = cte.relation
        cte.relation = _named(cte, binding.query(node, cte.scope))
        if _same_lineage(before, cte.relation):
            return


def _same_lineage(one: Relation, other: Relation) -> bool:
    return one.rows == other.rows and [column.lineage for column in all_columns(one)] == [
        column.lineage for column in all_columns(other)
    ]


def _named(cte: CTE, relation: Relation) -> Relation:
    """`c(a, b)`: the columns under the names of the list."""
    names = listed(cte.node.args["alias"], "columns")
    if not names:
        return relation
    columns = list(all_columns(relation))
    binding = cte.scope.binding
    if len(names) > len(columns):
        if not relation.open and not binding.rules.cte_names_may_exceed:
            message = f'"{cte.node.alias}" has {len(columns)} columns, but {len(names)} names.'
            problem(binding, Code.ARITY, cte.node.args["alias"], message)
        whole = unknown(relation)
        missing = len(names) - len(columns) if relation.open else 0
        columns += [Column("", "", whole) for _ in range(missing)]
    spelled = [identifier(name) for name in names]
    changed = [
        renamed(column, name.name, binding.rules.key(name))
        for name, column in zip(spelled, columns, strict=False)
    ]
    result = of_columns(changed + columns[len(names) :], relation.rows)
    result.keys = relation.keys
    return result

"""The lineage of an expression: one rule for what passes values on, and a few exceptions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier

from ingest.flows import Subtype
from ingest.sql.errors import Code
from ingest.sql.functions import (
    MASKING,
    NAVIGATION,
    RANKING,
    UNNESTING,
    absorbs_copies,
    counts_rows,
    is_aggregate,
    is_masking,
)
from ingest.sql.lineage import (
    ABSORBED,
    EMPTY,
    MASKED,
    NONE,
    PLAIN,
    Lineage,
    Origins,
    absorbed,
    conditioned,
    deciding,
    merged,
    settled,
    through,
)
from ingest.sql.relation import Column, Relation, all_columns, everything, unknown
from ingest.sql.scope import (
    Scope,
    field_of,
    has_no_fields,
    item_of,
    problem,
    resolve,
    resolve_parts,
    unqualified,
)
from ingest.sql.tree import child, children, dotted, listed

Rule: TypeAlias = Callable[[Expr, Scope], Lineage]


def flow(node: Expr, scope: Scope) -> Lineage:
    """Give what flows into the value of an expression, and bind the names in it."""
    rule = _rule_of(type(node))
    return rule(node, scope) if rule else _transformed(node, scope)


def _rule_of(kind: type[Expr]) -> Rule | None:
    try:
        return _RULES[kind]
    except KeyError:
        rule = next((rule for base, rule in _BY_BASE if issubclass(kind, base)), None)
        _RULES[kind] = rule
        return rule


def _transformed(node: Expr, scope: Scope) -> Lineage:
    """The common case: every part's value goes into the value.

    Walks by a stack of its own: sums and conjunctions of thousands of terms are deep trees.
    """
    parts: list[Lineage] = []
    stack = list(children(node))
    while stack:
        part = stack.pop()
        rule = _rule_of(type(part))
        if rule is None:
            stack.extend(children(part))
        else:
            parts.append(rule(part, scope))
    return through(merged(parts), Subtype.TRANSFORMATION)


def condition(node: Expr, scope: Scope, subtype: Subtype) -> Origins:
    """What a condition depends on, all of which decides."""
    return deciding(flow(node, scope), subtype)


def conditions(nodes: Iterable[Expr], scope: Scope, subtype: Subtype) -> Origins:
    """What several conditions or keys depend on."""
    return NONE.union(*[condition(node, scope, subtype) for node in nodes])


def rows_deciding(relation: Relation, subtype: Subtype) -> Origins:
    """All that decides which rows a relation has, its tables' rows included."""
    return deciding(relation.rows, subtype)


# Names


def _column(node: Expr, scope: Scope) -> Lineage:
    if isinstance(node.this, exp.Star):
        return _rows_of_item(node, scope)
    if node.args.get("table") is None and scope.locals and isinstance(node.this, Identifier):
        local = scope.locals.get(scope.binding.rules.key(node.this))
        if local is not None:
            return local
    if not isinstance(node.this, Identifier):
        return _numbered(node, scope)
    column = resolve(scope, node)
    return column.lineage if column is not None else EMPTY


def _numbered(node: Expr, scope: Scope) -> Lineage:
    """`t.$2` is the second column of a relation."""
    parameter = node if isinstance(node, exp.Parameter) else node.this
    place = parameter.name if isinstance(parameter, exp.Parameter) else ""
    qualifier = listed(node, "table")
    names = [name for name in qualifier if isinstance(name, Identifier)]
    item = item_of(scope, names) if names else next(iter(scope.items), None)
    if item is None or not place.isdigit():
        return EMPTY
    columns = all_columns(item.relation)
    if 1 <= int(place) <= len(columns):
        return columns[int(place) - 1].lineage
    return unknown(item.relation)


def _parameter(node: Expr, scope: Scope) -> Lineage:
    """`$2` may be a column by its number; else it is a value from outside."""
    return _numbered(node, scope) if scope.binding.rules.numbered_columns else EMPTY


def _rows_of_item(node: Expr, scope: Scope) -> Lineage:
    item = item_of(scope, dotted(node))
    if item is None:
        return EMPTY
    return through(everything(item.relation), Subtype.TRANSFORMATION)


def _star(_node: Expr, scope: Scope) -> Lineage:
    return through(
        merged([everything(item.relation) for item in scope.items]), Subtype.TRANSFORMATION
    )


def _local(node: Expr, scope: Scope) -> Lineage:
    """A bare identifier is a parameter of a lambda, or no reference at all."""
    if not scope.locals or not isinstance(node, Identifier):
        return EMPTY
    return scope.locals.get(scope.binding.rules.key(node), EMPTY)


def _nothing(_node: Expr, _scope: Scope) -> Lineage:
    return EMPTY


def _as_it_is(node: Expr, scope: Scope) -> Lineage:
    return flow(node.this, scope)


def _collated(node: Expr, scope: Scope) -> Lineage:
    """A collation is a name, but none of a column."""
    return through(flow(node.this, scope), Subtype.TRANSFORMATION)


def _argument(node: Expr, scope: Scope) -> Lineage:
    """`name := value`: the name is none of a column."""
    return flow(node.expression, scope)


def _dotted(node: Expr, scope: Scope) -> Lineage:
    """`a.b.f(x).g`: a name, then fields, calls chained onto it, or `*`."""
    base, steps = _dots(node)
    names = dotted(base)
    if names and (local := scope.locals.get(scope.binding.rules.key(names[0]))) is not None:
        parts = [flow(step, scope) for step in steps if not isinstance(step, Identifier)]
        return through(merged([local, *parts]), Subtype.TRANSFORMATION)
    while names and steps and isinstance(step := steps[0], Identifier):
        names.append(step)
        steps = steps[1:]
    lineage = _name_before_calls(names, steps, scope, node) if names else flow(base, scope)
    if not names and steps and isinstance(name := steps[0], Identifier):
        _check_field(base, name, scope)
    parts = [lineage, *[flow(step, scope) for step in steps if not isinstance(step, Identifier)]]
    return through(merged(parts), Subtype.TRANSFORMATION) if steps else lineage


def _check_field(base: Expr, name: Identifier, scope: Scope) -> None:
    """`list[1].a`: a plain value has no fields."""
    if has_no_fields(scope.binding.type_of(base, scope), scope):
        message = f'There is no field "{name.this}" in what stands before it.'
        problem(scope.binding, Code.UNKNOWN_COLUMN, name, message)


def _dots(node: Expr) -> tuple[Expr, list[Expr]]:
    steps: list[Expr] = []
    while isinstance(node, exp.Dot):
        steps.append(node.expression)
        node = node.this
    return node, steps[::-1]


def _name_before_calls(
    names: list[Identifier], steps: list[Expr], scope: Scope, node: Expr
) -> Lineage:
    if not steps:
        column = resolve_parts(scope, names, node)
        return column.lineage if column else EMPTY
    rules = scope.binding.rules
    if not rules.chained_functions and steps[0].name.lower() not in rules.methods:
        return EMPTY  # the schema of a function
    of_item = len(names) > 1 and item_of(scope, names[:-1]) is not None
    known = of_item or unqualified(scope, names[0]) is not None
    column = resolve_parts(scope, names, node) if known else None
    return column.lineage if column else EMPTY


def _bracket(node: Expr, scope: Scope) -> Lineage:
    """`column['field']` of a struct is that field; all else is made of column and index."""
    base, keys = node.this, node.expressions
    if isinstance(base, exp.Column) and len(keys) == 1 and keys[0].is_string:
        column = resolve(scope, base) if isinstance(base.this, Identifier) else None
        if column is not None and column.type is not None:
            inner = field_of(column, exp.Identifier(this=keys[0].name, quoted=True), scope)
            if inner is not None and inner.type is not None:
                return inner.lineage
        if column is not None:
            return through(column.lineage, Subtype.TRANSFORMATION)
    return _transformed(node, scope)


# What decides


def _case(node: Expr, scope: Scope) -> Lineage:
    """Conditions decide, results flow."""
    branches = listed(node, "ifs")
    tests = [branch.this for branch in branches] + listed(node, "this")
    results = [
        result
        for branch in (*branches, node)
        for name in ("true", "false", "default")
        for result in listed(branch, name)
    ]
    value = merged([flow(result, scope) for result in results])
    return conditioned(
        through(value, Subtype.TRANSFORMATION), conditions(tests, scope, Subtype.CONDITIONAL)
    )


def _exists(node: Expr, scope: Scope) -> Lineage:
    if not isinstance(node.this, exp.Query):
        return _transformed(node, scope)
    rows = rows_deciding(scope.binding.query(node.this, scope), Subtype.FILTER)
    return Lineage(NONE, absorbed(rows), NONE)


def _in(node: Expr, scope: Scope) -> Lineage:
    query = child(node, "query")
    if query is None:
        return _transformed(node, scope)
    relation = scope.binding.values[id(query)] = scope.binding.query(query, scope)
    width = len(node.this.expressions) if isinstance(node.this, exp.Tuple) else 1
    _check_width(query, relation, width, scope)
    return through(merged([flow(node.this, scope), _listed(relation)]), Subtype.TRANSFORMATION)


def _quantified(node: Expr, scope: Scope) -> Lineage:
    """`= ANY (query)`; over a list it is an operand as any other."""
    inner = node.this.unnest() if isinstance(node.this, Expr) else None
    if isinstance(inner, exp.Query):
        relation = scope.binding.values[id(inner)] = scope.binding.query(inner, scope)
        return through(_listed(relation), Subtype.TRANSFORMATION)
    return _transformed(node, scope)


def _subquery(node: Expr, scope: Scope) -> Lineage:
    """A scalar subquery: its tables and conditions decide for this value alone."""
    relation = scope.binding.values[id(node)] = scope.binding.query(node, scope)
    if not isinstance(node.parent, _COMPARISONS):
        _check_width(node, relation, 1, scope)
    return _values(relation)


_COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Tuple)


def _values(relation: Relation) -> Lineage:
    """All columns of a subquery as one value."""
    value = settled(everything(relation))
    return conditioned(value, rows_deciding(relation, Subtype.FILTER))


def _listed(relation: Relation) -> Lineage:
    """The columns of a subquery as a list that is searched: copies in it do not matter."""
    value = settled(everything(relation))
    return conditioned(value, absorbed(rows_deciding(relation, Subtype.FILTER)))


def _check_width(node: Expr, relation: Relation, width: int, scope: Scope) -> None:
    found = len(all_columns(relation))
    one_text = node.unnest().args.get("for_") is not None  # FOR JSON, FOR XML
    if found != width and not relation.open and not one_text:
        problem(
            scope.binding,
            Code.ARITY,
            node,
            f"This subquery has {found} columns where {width} can be compared.",
        )


# Functions


def _call(node: Expr, scope: Scope) -> Lineage:
    """A function that may be an aggregate."""
    if is_aggregate(node):
        value = _aggregate(node, scope, Subtype.GROUP_BY)
        _level(node, scope).aggregated = True
        return value
    value = _transformed(node, scope)
    return through(value, Subtype.TRANSFORMATION, MASKED) if is_masking(node) else value


def _level(node: Expr, scope: Scope) -> Scope:
    """The query that an aggregate belongs to: the innermost whose columns it takes."""
    columns = [
        column
        for part in node.find_all(exp.Column)
        if (column := scope.binding.columns.get(id(part))) is not None
    ]
    level: Scope | None = scope
    while columns and level is not None:
        if any(_is_of(column, level) for column in columns):
            return level
        level = level.parent
    return scope


def _is_of(column: Column, scope: Scope) -> bool:
    found = (item.relation.index.get(column.key, ()) for item in scope.items)
    return any(one is column for columns in found for one in columns) or (
        scope.merged.get(column.key) is column
    )


def _aggregate(node: Expr, scope: Scope, rows: Subtype) -> Lineage:
    """Values of many rows make one: so the rows that there are decide, or are counted."""
    if counts_rows(node):
        counted = [(source, Subtype.AGGREGATION, marks) for source, _, marks in scope.feeding]
        return Lineage(frozenset(counted), NONE, NONE)
    value = merged([_aggregated_argument(part, scope) for part in children(node)])
    marks = ABSORBED if absorbs_copies(node) else PLAIN
    deciders = frozenset([(source, rows, marks | marked) for source, _, marked in scope.feeding])
    masked = MASKED if is_masking(node) else PLAIN
    return conditioned(through(value, Subtype.AGGREGATION, masked), deciders)


def _aggregated_argument(node: Expr, scope: Scope) -> Lineage:
    """An aggregate's own ORDER BY decides; DISTINCT and LIMIT only stand around the value."""
    if isinstance(node, exp.Order):
        value = flow(node.this, scope) if isinstance(node.this, Expr) else EMPTY
        return conditioned(value, conditions(node.expressions, scope, Subtype.SORT))
    if isinstance(node, exp.Limit):
        return _aggregated_argument(node.this, scope) if isinstance(node.this, Expr) else EMPTY
    return flow(node, scope)


def _filtered(node: Expr, scope: Scope) -> Lineage:
    return _of_wrapped(node, scope, flow)


def _of_wrapped(node: Expr, scope: Scope, inner: Rule) -> Lineage:
    """FILTER and WITHIN GROUP around a function."""
    value = inner(node.this, scope)
    rest = child(node, "expression")
    if isinstance(node, exp.Filter) and rest is not None:
        return conditioned(value, condition(rest.this, scope, Subtype.FILTER))
    if isinstance(node, exp.WithinGroup) and isinstance(rest, exp.Order):
        if node.this.find(exp.Column):  # the function has a value: only its order is told here
            return conditioned(value, conditions(rest.expressions, scope, Subtype.SORT))
        ordered = merged([flow(key, scope) for key in rest.expressions])
        return merged([value, through(ordered, Subtype.AGGREGATION)])
    return value


def _windowed(node: Expr, scope: Scope) -> Lineage:
    """The function's value flows; the window's keys, and the rows in it, decide."""
    value = _over(node.this, scope)
    return conditioned(value, conditions(_window_keys(node, scope), scope, Subtype.WINDOW))


def _over(node: Expr, scope: Scope) -> Lineage:
    if isinstance(node, (exp.Filter, exp.WithinGroup, exp.IgnoreNulls, exp.RespectNulls)):
        return _of_wrapped(node, scope, _over)
    if is_aggregate(node):
        return _aggregate(node, scope, Subtype.WINDOW)
    rows = frozenset([(source, Subtype.WINDOW, marks) for source, _, marks in scope.feeding])
    value = EMPTY if isinstance(node, RANKING) else _transformed(node, scope)
    return conditioned(value, rows)


def _window_keys(node: Expr, scope: Scope) -> list[Expr]:
    """The keys of a window and of the named ones that it builds on."""
    keys: list[Expr] = []
    seen: set[str] = set()
    window: Expr | None = node
    while window is not None:
        keys.extend(listed(window, "partition_by"))
        order = child(window, "order")
        keys.extend(order.expressions if order is not None else [])
        base = child(window, "alias")
        name = base.name.lower() if isinstance(base, Identifier) else ""
        window = scope.windows.get(name) if name not in seen else None
        seen.add(name)
    return keys


def _unnested(node: Expr, scope: Scope) -> Lineage:
    """A list in the SELECT list makes rows: it decides which there are."""
    value = _transformed(node, scope)
    scope.shaping |= deciding(value, Subtype.FILTER)
    return value


def _lambda(node: Expr, scope: Scope) -> Lineage:
    """Its parameters are elements of the lists beside it, which flow themselves."""
    if _is_json_arrow(node):
        names = [flow(exp.Column(this=name), scope) for name in node.expressions]
        return through(merged([*names, flow(node.this, scope)]), Subtype.TRANSFORMATION)
    return _with_locals(node.expressions, node.this, scope)


def _is_json_arrow(node: Expr) -> bool:
    """`f(doc -> 'key')`: an arrow to what does not take the name is a path into a document."""
    body: object = node.this
    used = {part.name for part in node.this.find_all(Identifier)}
    while isinstance(body, Expr) and not isinstance(body, exp.Literal):
        body = body.this
    names = [part.name for part in node.expressions]
    return isinstance(body, exp.Literal) and len(names) == 1 and names[0] not in used


def _with_locals(names: list[Expr], body: Expr, scope: Scope) -> Lineage:
    outer = scope.locals
    keys = [scope.binding.rules.key(name) for name in names if isinstance(name, Identifier)]
    scope.locals = {**outer, **dict.fromkeys(keys, EMPTY)}
    try:
        return flow(body, scope)
    finally:
        scope.locals = outer


def _comprehension(node: Expr, scope: Scope) -> Lineage:
    """`[f(x) for x in list if condition]`."""
    names = [node.expression]
    value = merged([flow(node.args["iterator"], scope), _with_locals(names, node.this, scope)])
    test = child(node, "condition")
    decides = deciding(_with_locals(names, test, scope), Subtype.CONDITIONAL) if test else NONE
    return conditioned(through(value, Subtype.TRANSFORMATION), decides)


def _spread(node: Expr, scope: Scope) -> Lineage:
    """COLUMNS(…): the column that it stands for in this copy of the expression."""
    if node.args.get("unpack"):
        return merged([column.lineage for column in scope.spread_all])
    return scope.spread.lineage if scope.spread is not None else EMPTY


_RULES: dict[type[Expr], Rule | None] = {
    exp.Column: _column,
    exp.Identifier: _local,
    exp.Dot: _dotted,
    exp.Bracket: _bracket,
    exp.Star: _star,
    exp.Literal: _nothing,
    exp.Null: _nothing,
    exp.Boolean: _nothing,
    exp.Var: _nothing,
    exp.DataType: _nothing,
    exp.JSONPath: _nothing,
    exp.Placeholder: _nothing,
    exp.Parameter: _parameter,
    exp.Alias: _as_it_is,
    exp.PivotAlias: _as_it_is,
    exp.Paren: _as_it_is,
    exp.Ordered: _as_it_is,
    exp.PropertyEQ: _argument,
    exp.Kwarg: _argument,
    exp.Case: _case,
    exp.If: _case,
    exp.Nvl2: _case,
    exp.Exists: _exists,
    exp.In: _in,
    exp.Any: _quantified,
    exp.All: _quantified,
    exp.Filter: _filtered,
    exp.WithinGroup: _filtered,
    exp.Window: _windowed,
    exp.Anonymous: _call,
    exp.Lambda: _lambda,
    exp.Comprehension: _comprehension,
    exp.Columns: _spread,
    exp.TableAlias: _nothing,
    exp.Collate: _collated,
    **dict.fromkeys(UNNESTING, _unnested),
    **dict.fromkeys((*RANKING, *NAVIGATION), None),
    **dict.fromkeys(MASKING, _call),
}
_BY_BASE: tuple[tuple[type[object], Rule], ...] = (
    (exp.AggFunc, _call),
    (exp.Query, _subquery),
)


def column_of(node: Expr, scope: Scope) -> Column | None:
    """The column that an expression names and is nothing but; it was bound before."""
    inner = node.unnest() if isinstance(node, exp.Paren) else node
    return scope.binding.columns.get(id(inner)) if isinstance(inner, exp.Column) else None

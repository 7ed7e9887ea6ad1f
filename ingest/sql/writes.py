"""INSERT, CREATE … AS, UPDATE and DELETE: what goes into which column of the target."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier

from ingest.flows import Subtype
from ingest.sql.aliases import numbered_duplicates
from ingest.sql.ctes import visible_ctes
from ingest.sql.errors import Code
from ingest.sql.expressions import condition, flow
from ingest.sql.lineage import (
    EMPTY,
    NONE,
    Lineage,
    Origins,
    Table,
    conditioned,
    deciding,
    written_at,
)
from ingest.sql.outputs import Mode, Output
from ingest.sql.queries import bind_query
from ingest.sql.relation import (
    Column,
    Relation,
    Stored,
    all_columns,
    given_keys,
    of_columns,
    of_stored,
    renamed,
    unknown,
)
from ingest.sql.resolution import item_of
from ingest.sql.rules import Rules
from ingest.sql.schema import look_up
from ingest.sql.scope import Item, Scope, clause, problem
from ingest.sql.sources import add, bind_from, bind_join, rows_of
from ingest.sql.tree import child, dotted, identifier, listed, unwrapped
from ingest.sql.types.conversions import note_conversion


def target_of(scope: Scope, node: Expr) -> Stored:
    """The table that a statement writes to."""
    table = node.find(exp.Table) if not isinstance(node, exp.Table) else node
    if table is not None:
        return look_up(scope.binding.schema, table)
    place = node.find(exp.Literal)  # a directory, or the file that a function writes
    return Stored(Table(place.name if place is not None else None), None)


def into(node: Expr) -> tuple[Expr, list[Identifier]]:
    """A target and its column list, if it has one."""
    if isinstance(node, exp.Schema):
        return node.this, [identifier(part) for part in node.expressions]
    return node, []


def made_by(node: Expr, rules: Rules) -> Expr | None:
    """The table that `SELECT … INTO` makes, where that names one."""
    found = child(node, "into")
    return found if found is not None and found.this and not rules.into_variables else None


# INSERT


def bind_insert(node: Expr, outer: Scope) -> Output:
    """INSERT … SELECT or VALUES: by the list, by name, or by position."""
    scope = Scope(outer.binding, outer, visible_ctes(node, outer))
    table, names = into(node.this)
    stored = target_of(scope, table)
    names = _starred(scope, node.this, stored) or names
    relation = (
        bind_query(node.expression, scope) if child(node, "expression") else Relation([], EMPTY)
    )
    columns = inserted(scope, node, stored, names, relation)
    mode = Mode.OVERWRITE if node.args.get("overwrite") else Mode.APPEND
    keys = tuple(given_keys(relation.keys, columns))
    return Output(stored.table, columns, relation.rows, mode, keys=keys)


def _starred(scope: Scope, node: Expr, stored: Stored) -> list[Identifier]:
    """`INSERT INTO t (* EXCEPT (a))`: all columns but some."""
    star = next((one for one in listed(node, "expressions") if isinstance(one, exp.Star)), None)
    if star is None:
        return []
    left_out = {
        scope.binding.rules.key(dotted(one)[-1]) for one in listed(star, "except_") if dotted(one)
    }
    return [
        exp.Identifier(this=name, quoted=True)
        for key, (name, _) in (stored.columns or {}).items()
        if key not in left_out
    ]


def inserted(
    scope: Scope, node: Expr, stored: Stored, names: list[Identifier], relation: Relation
) -> list[Column]:
    """The target's columns, made of what is inserted."""
    given = list(all_columns(relation))
    if node.args.get("by_name"):
        columns = [_target_column(scope, stored, _name_of(column), column) for column in given]
    elif names:
        _check_width(scope, node, relation, len(names), exact=True)
        columns = [
            _target_column(scope, stored, name, column)
            for name, column in zip(names, given, strict=False)
        ]
    else:
        columns = _by_position(scope, node, stored, relation)
    if relation.open:
        columns.append(Column("*", "", unknown(relation)))
    return columns


def _name_of(column: Column) -> Identifier:
    return exp.Identifier(this=column.name, quoted=True)


def _by_position(scope: Scope, node: Expr, stored: Stored, relation: Relation) -> list[Column]:
    """Into all columns in order, those of a static partition excepted."""
    given = list(all_columns(relation))
    if stored.columns is None:
        return given
    static = _static_partition(scope, node)
    targets = [(key, *told) for key, told in stored.columns.items() if key not in static]
    short = scope.binding.rules.insert_may_be_short and len(given) < len(targets)
    _check_width(scope, node, relation, len(targets), exact=not short)
    for (_, _, type_), column in zip(targets, given, strict=False):
        note_conversion(column.node or node.this, column, type_, scope)
    return [
        renamed(column, name, key) for (key, name, _), column in zip(targets, given, strict=False)
    ]


def _static_partition(scope: Scope, node: Expr) -> set[str]:
    table, _ = into(node.this)
    partition = child(table, "partition")
    fixed = (
        [part.this for part in listed(partition, "expressions") if isinstance(part, exp.EQ)]
        if partition
        else []
    )
    return {scope.binding.rules.key(dotted(part)[-1]) for part in fixed if dotted(part)}


def _check_width(scope: Scope, node: Expr, relation: Relation, width: int, *, exact: bool) -> None:
    found = len(all_columns(relation))
    if exact and found != width and not relation.open:
        message = f"{found} columns are inserted into {width}."
        problem(scope.binding, Code.ARITY, node.this, message)


def _target_column(scope: Scope, stored: Stored, name: Identifier, column: Column) -> Column:
    key = scope.binding.rules.key(name)
    return renamed(column, target_name(scope, stored, name), key)


def target_name(scope: Scope, stored: Stored, name: Identifier) -> str:
    """The target's column as its schema spells it."""
    if stored.columns is None:
        return name.this
    known = stored.columns.get(scope.binding.rules.key(name))
    if known is None:
        message = f'"{stored.table.name}" has no column "{name.this}".'
        problem(scope.binding, Code.UNKNOWN_COLUMN, name, message)
        return name.this
    return known[0]


# CREATE TABLE … AS, CREATE VIEW, SELECT … INTO


def bind_create(node: Expr, outer: Scope) -> tuple[Stored, Relation]:
    """CREATE … AS: the target's columns are the query's, under the names of the list."""
    scope = Scope(outer.binding, outer, visible_ctes(node, outer))
    table, names = into(node.this)
    stored = target_of(scope, table)
    relation = bind_query(node.expression, scope)
    if not scope.binding.rules.duplicates_ambiguous:
        relation = numbered_duplicates(relation)
    if not names or scope.binding.rules.columns_beside_query:
        return stored, relation
    _check_width(scope, node, relation, len(names), exact=True)
    columns = [
        renamed(column, name.name, scope.binding.rules.key(name))
        for name, column in zip(names, all_columns(relation), strict=False)
    ]
    named = of_columns(columns, relation.rows)
    named.keys = relation.keys
    return stored, named


# UPDATE and DELETE


def bind_update(node: Expr, outer: Scope) -> list[Output]:
    """SET expressions flow; WHERE and joins decide for each column that is set."""
    scope = Scope(outer.binding, outer, visible_ctes(node, outer))
    target = _join_target(scope, node, node.this)
    where = child(node, "where")
    if where is not None:
        scope.shaping |= condition(where.this, scope, Subtype.CONDITIONAL)
    scope.binding.bound.writes[id(node)] = scope
    decides = conditional(frozenset(scope.shaping) | scope.given)
    written: dict[Table, list[Column]] = {}
    for assignment in node.expressions:
        stored = _assigned_table(scope, assignment) or target
        written.setdefault(stored.table, []).extend(
            Column(name, name.lower(), value._replace(indirect=value.indirect | decides))
            for name, value in assigned(scope, stored, assignment)
        )
    named = _behind_alias(node, node.this, scope)
    return [
        Output(table, columns, EMPTY, Mode.UPDATE, named=named if table is target.table else None)
        for table, columns in written.items()
    ]


def _assigned_table(scope: Scope, assignment: Expr) -> Stored | None:
    """`UPDATE a JOIN b … SET b.x = …` writes the table that the name says."""
    item = item_of(scope, dotted(unwrapped(assignment.this))[:-1])
    return item.relation.stored if item is not None else None


def conditional(origins: Origins) -> Origins:
    """What shapes the rows of an UPDATE decides whether a value is set."""
    decided = [
        (source, Subtype.CONDITIONAL if subtype is Subtype.JOIN else subtype, marks)
        for source, subtype, marks in origins
    ]
    return frozenset(decided)


def _join_target(scope: Scope, node: Expr, table: Expr) -> Stored:
    """The target is an item of its own, or that of FROM whose name or alias it is."""
    bind_from(scope, node)
    for used in listed(node, "using"):
        add(scope, used)
    found = item_of(scope, dotted(table)) if not child(table, "alias") else None
    beside = child(node, "from_") or listed(node, "using")
    if found is not None and found.relation.stored is not None and beside:
        return found.relation.stored
    behind = _behind_alias(node, table, scope)
    if behind is not None:
        return target_of(scope, behind)
    through_cte = _behind_cte(scope, table)
    if through_cte is not None:
        return through_cte
    stored = target_of(scope, table)
    alias = child(table, "alias")
    rules = scope.binding.rules
    keys = tuple(rules.key(part) for part in reversed(dotted(table)))
    name = rules.key(alias.this) if alias is not None else keys[0]
    scope.items.insert(0, Item(name, () if alias else keys, of_stored(stored)))
    for join in listed(table, "joins"):
        bind_join(scope, join)
    return stored


def _behind_alias(node: Expr, table: Expr, scope: Scope) -> Expr | None:
    """The table of FROM that has the target's name as its alias."""
    names, source = dotted(table), child(node, "from_")
    if len(names) != 1 or source is None or child(table, "alias") is not None:
        return None
    key = scope.binding.rules.key
    joined = [source.this, *[join.this for join in listed(source.this, "joins")]]
    for used in [*joined, *[join.this for join in listed(node, "joins")]]:
        alias = child(used, "alias") if isinstance(used, exp.Table) else None
        named = alias.this if alias is not None else None
        if isinstance(named, Identifier) and key(named) == key(names[0]) and dotted(used):
            return used
    return None


def _behind_cte(scope: Scope, table: Expr) -> Stored | None:
    """What is written to a WITH item of one table is written to that table."""
    names = dotted(table)
    cte = scope.ctes.get(scope.binding.rules.key(names[0])) if len(names) == 1 else None
    if cte is None:
        return None
    add(scope, table)
    inner = scope.binding.bound.selects.get(id(cte.node.this))
    return inner.items[0].relation.stored if inner is not None and len(inner.items) == 1 else None


def assigned(scope: Scope, stored: Stored, assignment: Expr) -> list[tuple[str, Lineage]]:
    """`a = x`, and `(a, b) = (x, y)` or a subquery of as many columns."""
    left, right = unwrapped(assignment.this), assignment.expression
    if not isinstance(left, exp.Tuple):
        value = written_at(flow(right, scope), clause(scope, assignment))
        return [(_assigned_name(scope, stored, left), value)]
    names = [_assigned_name(scope, stored, part) for part in left.expressions]
    inner = unwrapped(right)
    if isinstance(inner, exp.Query):
        relation = bind_query(inner, scope)
        rows = deciding(relation.rows, Subtype.FILTER, clause(scope, inner))
        at = clause(scope, assignment)
        values = [
            written_at(conditioned(column.lineage, rows), at) for column in all_columns(relation)
        ]
    else:
        values = [written_at(flow(part, scope), clause(scope, part)) for part in right.expressions]
    if len(values) != len(names):
        message = f"{len(values)} values are set to {len(names)} columns."
        problem(scope.binding, Code.ARITY, left, message)
    return list(zip(names, values, strict=False))


def _assigned_name(scope: Scope, stored: Stored, node: Expr) -> str:
    """The first name that is a column: `t.a`, or `a.field` of a struct."""
    parts = dotted(node)
    if not parts:
        return node.name
    if len(parts) > 1 and item_of(scope, parts[:-1]) is not None:
        return target_name(scope, stored, parts[-1])
    return target_name(scope, stored, parts[0] if len(parts) > 1 else parts[-1])


def bind_delete(node: Expr, outer: Scope) -> list[Output]:
    """What decides which rows go."""
    scope = Scope(outer.binding, outer, visible_ctes(node, outer))
    targets = _deleted_from(scope, node)
    where = child(node, "where")
    if where is not None:
        scope.shaping |= condition(where.this, scope, Subtype.FILTER)
    scope.binding.bound.writes[id(node)] = scope
    rows = rows_of(scope)._replace(direct=NONE)
    return [Output(stored.table, [], rows, Mode.DELETE) for stored in targets]


def _deleted_from(scope: Scope, node: Expr) -> list[Stored]:
    """`DELETE t FROM a AS t JOIN …` names items; else the table is the target."""
    tables, source = listed(node, "tables"), child(node, "this")
    if not tables or source is None:
        return [_join_target(scope, node, source or tables[0])]
    add(scope, source)
    found = [item_of(scope, dotted(table)) for table in tables]
    return [
        item.relation.stored if item and item.relation.stored else target_of(scope, table)
        for item, table in zip(found, tables, strict=True)
    ]

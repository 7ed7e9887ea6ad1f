"""One statement bound: what it reads, what it writes, and what goes where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlglot import exp
from sqlglot.expressions import Expr

from ingest.sql.clauses import Clauses
from ingest.sql.ctes import bind_cte
from ingest.sql.errors import Code
from ingest.sql.exports import bind_copy, bind_export
from ingest.sql.lifecycle import Lifecycle, lifecycle_of
from ingest.sql.lineage import ANY_COLUMN, Table
from ingest.sql.loads import bind_load
from ingest.sql.macros import body_of
from ingest.sql.merges import bind_conflict, bind_merge
from ingest.sql.multitable import bind_multitable
from ingest.sql.outputs import Mode, Output
from ingest.sql.queries import bind_query
from ingest.sql.relation import NOTHING, Column, Relation, all_columns, given_keys, missing, unknown
from ingest.sql.returning import output_into, returned
from ingest.sql.schema import Schema
from ingest.sql.scope import Binding, Reference, Scope, Told, problem
from ingest.sql.tree import child, first_of
from ingest.sql.types.expressions import type_of
from ingest.sql.unsupported import NO_PLAIN_BODY, is_harmless, reason
from ingest.sql.writes import (
    bind_create,
    bind_delete,
    bind_insert,
    bind_update,
    into,
    made_by,
    target_of,
)


@dataclass(slots=True, eq=False)
class Bound:
    """A bound statement. Names that could not be bound are among the problems, and left out."""

    node: Expr
    outputs: list[Output]
    told: Told
    binding: Binding
    lifecycle: tuple[Lifecycle, ...] = ()  # what it does to tables themselves


def bind_statement(
    node: Expr,
    schema: Schema,
    named: Mapping[tuple[str, ...], Relation],
    text: str,
    clauses: Clauses,
) -> Bound:
    """Bind a statement; `named` are the relations that its script made and that are no tables."""
    binding = Binding(
        schema.rules,
        schema,
        bind_query,
        bind_cte,
        type_of,
        _within,
        named,
        clauses,
        spreads="columns" in text.lower(),
    )
    scope = Scope(binding)
    outputs = _outputs(node, scope)
    outputs = [*binding.written, *outputs]
    _read_targets(binding, outputs)
    return Bound(node, outputs, binding.told, binding, lifecycle_of(node, schema))


def _within(node: Expr, scope: Scope) -> Relation:
    """A statement in WITH writes, and gives what it returns."""
    outputs = _outputs(node, scope)
    scope.binding.written += outputs
    return returned(node, scope, outputs[0]) if outputs else NOTHING


def _outputs(node: Expr, scope: Scope) -> list[Output]:
    rule = next((rule for kind, rule in _RULES if isinstance(node, kind)), None)
    if rule is not None:
        outputs = rule(node, scope)
        further = output_into(node, scope, outputs[0]) if isinstance(node, _RETURNING) else []
        return [*outputs, *further]
    if not isinstance(node, _WITHOUT_LINEAGE) and not is_harmless(node):
        problem(scope.binding, Code.UNSUPPORTED, node, reason(node))
    return []


def _query(node: Expr, scope: Scope) -> list[Output]:
    relation = bind_query(node, scope)
    first = first_of(node)
    target = made_by(first, scope.binding.rules)
    if target is None:
        return [output_of(relation)]
    stored = target_of(scope, target)
    return [output_of(relation, stored.table, Mode.CREATE)]


def output_of(relation: Relation, target: Table | None = None, mode: Mode = Mode.RESULT) -> Output:
    """A query's relation as an output."""
    columns = list(all_columns(relation))
    if relation.open:
        columns.append(Column(ANY_COLUMN, "", unknown(relation)))
    keys = tuple(given_keys(relation.keys, relation.columns))
    return Output(target, columns, relation.rows, mode, keys=keys, lost=missing(relation))


def _insert(node: Expr, scope: Scope) -> list[Output]:
    output = bind_insert(node, scope)
    if child(node, "conflict") is None:
        return [output]
    stored = target_of(scope, into(node.this)[0])
    return [output, bind_conflict(node, scope, stored, output.columns, output.rows)]


def _create(node: Expr, scope: Scope) -> list[Output]:
    if isinstance(node.this, (exp.UserDefinedFunction, exp.StoredProcedure)):
        if body_of(node, scope.binding.rules) is None:
            problem(scope.binding, Code.UNSUPPORTED, node.this, NO_PLAIN_BODY)
        return []
    clone = child(node, "clone")
    if clone is not None:
        if str(node.args.get("kind")).upper() not in {"TABLE", "VIEW"}:
            return []
        stored = target_of(scope, node.this)
        source = scope.binding.query(clone.this, scope)
        return [output_of(source, stored.table, Mode.CREATE)]
    if not isinstance(node.args.get("expression"), (exp.Query, exp.Values)):
        return []
    stored, relation = bind_create(node, scope)
    return [output_of(relation, _kept_in(node, scope) or stored.table, Mode.CREATE)]


def _kept_in(node: Expr, scope: Scope) -> Table | None:
    """A view may keep its rows in another table: `CREATE MATERIALIZED VIEW v TO t`."""
    properties = child(node, "properties")
    to = properties.find(exp.ToTableProperty) if properties is not None else None
    return target_of(scope, to.this).table if to is not None else None


def _locked(node: Expr, scope: Scope) -> list[Output]:
    """A lock, and the statement that it is for."""
    return _outputs(node.expression, scope)


def _merge(node: Expr, scope: Scope) -> list[Output]:
    return [bind_merge(node, scope)]


_RULES: tuple[tuple[type[Expr], Callable[[Expr, Scope], list[Output]]], ...] = (
    (exp.Query, _query),
    (exp.Insert, _insert),
    (exp.Create, _create),
    (exp.Cache, _create),
    (exp.Update, bind_update),
    (exp.Delete, bind_delete),
    (exp.Merge, _merge),
    (exp.Pivot, _query),
    (exp.LockingStatement, _locked),
    (exp.Copy, bind_copy),
    (exp.Export, bind_export),
    (exp.LoadData, bind_load),
    (exp.MultitableInserts, bind_multitable),
)
_RETURNING = (exp.Insert, exp.Update, exp.Delete, exp.Merge)
_WITHOUT_LINEAGE = (
    exp.Alter,
    exp.Analyze,
    exp.Attach,
    exp.Comment,
    exp.Commit,
    exp.Declare,
    exp.Describe,
    exp.Detach,
    exp.Drop,
    exp.EndStatement,
    exp.Grant,
    exp.Pragma,
    exp.Refresh,
    exp.Rollback,
    exp.Semicolon,
    exp.Set,
    exp.Show,
    exp.Transaction,
    exp.TruncateTable,
    exp.Use,
)


def _read_targets(binding: Binding, outputs: list[Output]) -> None:
    """A target is an input only if something of it is read."""
    targets = {output.target for output in outputs if output.target is not None}
    for target in targets - set(binding.told.reads):
        if any(_of(reference, target) for reference in binding.told.references):
            binding.told.reads.setdefault(target)


def _of(reference: Reference, target: Table) -> bool:
    return any(source.table is target for source, _, _ in reference.column.lineage.direct)

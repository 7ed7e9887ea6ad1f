"""Files that are loaded into a table: COPY, LOAD DATA."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlglot import exp
from sqlglot.expressions import Expr

from ingest.flows import Subtype
from ingest.sql.lineage import ANY_COLUMN, EMPTY, Lineage, merged, of_source, through
from ingest.sql.outputs import Mode, Output
from ingest.sql.queries import bind_query
from ingest.sql.relation import Column, Stored, all_columns, renamed, unknown
from ingest.sql.schema import located
from ingest.sql.scope import Scope
from ingest.sql.tree import child, identifier, listed
from ingest.sql.writes import into, target_name, target_of

Named = Callable[[int, str], str]
"""What a file's column is called, by its place and the name of the column that it goes into."""


def bind_load(node: Expr, outer: Scope) -> list[Output]:
    """LOAD DATA: of Hive a path, of BigQuery the URIs among its options."""
    path, options = child(node, "inpath"), child(node, "files")
    properties = listed(options, "expressions") if options is not None else []
    uris = [
        literal.name
        for one in properties
        if one.name.lower() == "uris"
        for literal in one.find_all(exp.Literal)
    ]
    mode = Mode.OVERWRITE if node.args.get("overwrite") else Mode.APPEND
    return [loaded(node, outer, [path.name] if path is not None else uris, mode=mode)]


def loaded(
    node: Expr,
    outer: Scope,
    locations: Sequence[str],
    named: Named | None = None,
    mode: Mode = Mode.APPEND,
) -> Output:
    """What files give to a table; if what their columns are called is not known, all of them do.

    A column of a partition that the statement tells is not in the files.
    """
    table, names = into(node.this)
    stored = target_of(outer, table)
    files = [located(outer.binding.schema, each) for each in locations if each]
    for file in files:
        outer.binding.told.reads.setdefault(file.table)
    written = _written(outer, stored, names, _told(node))
    columns = [
        Column(name, outer.binding.rules.stored(name), _value(files, at, name, named))
        for at, name in enumerate(written, 1)
    ]
    rows = merged([of_source(file.table.source()) for file in files])
    return Output(stored.table, columns, rows, mode)


def selected(node: Expr, outer: Scope, query: Expr) -> Output:
    """`COPY INTO t FROM (SELECT … FROM files)`, by place; where the dialect says so, by name."""
    table, names = into(node.this)
    stored = target_of(outer, table)
    relation = bind_query(query, outer)
    given = list(all_columns(relation))
    if not outer.binding.rules.loads_by_name:
        written = _written(outer, stored, names, set())
        spelled = written if written != [ANY_COLUMN] else [one.name for one in given]
        given = [
            renamed(one, name, outer.binding.rules.stored(name))
            for one, name in zip(given, spelled, strict=False)
        ]
    if relation.open:
        given.append(Column(ANY_COLUMN, "", unknown(relation)))
    return Output(stored.table, given, relation.rows, Mode.APPEND)


def _written(
    outer: Scope, stored: Stored, names: list[exp.Identifier], told: set[str]
) -> list[str]:
    if names and any(not isinstance(name.parent, exp.ColumnDef) for name in names):
        return [target_name(outer, stored, name) for name in names]
    declared = [name.name for name in names]
    known = declared or [name for name, _ in (stored.columns or {}).values()]
    return [name for name in known if name.lower() not in told] or [ANY_COLUMN]


def _told(node: Expr) -> set[str]:
    partition = child(node, "partition")
    equals = partition.find_all(exp.EQ) if partition is not None else ()
    return {identifier(each.this).name.lower() for each in equals}


def _value(files: list[Stored], at: int, name: str, named: Named | None) -> Lineage:
    if name == ANY_COLUMN:
        return merged([of_source(file.table.source(ANY_COLUMN)) for file in files]) or EMPTY
    if named is not None:
        return merged([of_source(file.table.source(named(at, name))) for file in files])
    whole = merged([of_source(file.table.source(ANY_COLUMN)) for file in files])
    return through(whole, Subtype.TRANSFORMATION)

"""Changes of a project: to the columns of a source, and to the SQL of a model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import sqlglot
from sqlglot import exp

from tests.oracle.grammar.draw import Draw
from tests.oracle.impact.project import Column, Columns, Model, Project, Source, quoted

_NEW = "added_later"


@dataclass(frozen=True)
class Edit:
    """A changed project. `filled`: for a changed source its columns as expressions over base's."""

    kind: str
    thing: str
    touched: frozenset[str] | None
    head: Project
    filled: Mapping[str, str] = field(default_factory=dict[str, str])


SourceEdit = Callable[[Draw, Project, Source], Edit | None]
ModelEdit = Callable[[Draw, Model, Columns], str | None]


def edits(draw: Draw, base: Project, catalog: Mapping[str, Columns]) -> list[Edit]:
    """One change of each kind that the project has a place for."""
    sources = [each for each in base.sources if base.readers(each.name)]
    models = [each for each in base.models if base.readers(each.name)]
    found = [change(draw, base, draw.pick(sources)) for change in ON_SOURCES]
    for kind, rewrite in ON_MODELS.items():
        if models:
            found.append(_rewritten(draw, base, catalog, kind, rewrite))
    return [each for each in found if each is not None]


def _rewritten(
    draw: Draw, base: Project, catalog: Mapping[str, Columns], kind: str, rewrite: ModelEdit
) -> Edit | None:
    """The first of the models, in a drawn order, to which the change applies."""
    for model in draw.shuffled([each for each in base.models if base.readers(each.name)]):
        sql = rewrite(draw, model, catalog[model.name])
        if sql is not None and sql != model.sql:
            head = _with(base, model.name, replace(model, sql=sql))
            touched = frozenset[str]() if "add" in kind or "reorder" in kind else None
            return Edit(kind, model.name, touched, head)
    return None


def _with(base: Project, name: str, by: Source | Model | None) -> Project:
    """That thing replaced in its place, or gone."""
    if base.source(name) is not None:
        kept = (by if each.name == name else each for each in base.sources)
        return replace(base, sources=tuple(each for each in kept if isinstance(each, Source)))
    changed = (by if each.name == name else each for each in base.models)
    return replace(base, models=tuple(each for each in changed if isinstance(each, Model)))


def _source_edit(
    kind: str,
    base: Project,
    old: Source,
    columns: Mapping[Column, str],
    touched: frozenset[str],
) -> Edit:
    head = _with(base, old.name, Source(old.name, tuple(columns)))
    return Edit(kind, old.name, touched, head, {c.name: sql for c, sql in columns.items()})


def _same(source: Source) -> dict[Column, str]:
    return {each: quoted(each.name) for each in source.columns}


def _drop_column(draw: Draw, base: Project, source: Source) -> Edit:
    gone = draw.pick(source.columns)
    kept = {each: sql for each, sql in _same(source).items() if each != gone}
    return _source_edit("drop_column", base, source, kept, frozenset((gone.name,)))


def _rename_column(draw: Draw, base: Project, source: Source) -> Edit:
    old = draw.pick(source.columns)
    new = {
        Column(f"{old.name}_v2", old.type) if each == old else each: quoted(each.name)
        for each in source.columns
    }
    return _source_edit("rename_column", base, source, new, frozenset((old.name,)))


def _retype_column(draw: Draw, base: Project, source: Source) -> Edit:
    old = draw.pick([each for each in source.columns if each.type in _RETYPES])
    to = draw.pick(_RETYPES[old.type])
    new = {
        Column(old.name, to) if each == old else each: f"TRY_CAST({quoted(each.name)} AS {to})"
        if each == old
        else quoted(each.name)
        for each in source.columns
    }
    return _source_edit("retype_column", base, source, new, frozenset((old.name,)))


_RETYPES = {
    "INTEGER": ("BIGINT", "VARCHAR", "DOUBLE"),
    "DECIMAL(18,2)": ("DOUBLE", "VARCHAR"),
    "DATE": ("TIMESTAMP", "VARCHAR"),
    "DOUBLE": ("INTEGER", "VARCHAR"),
    "BOOLEAN": ("VARCHAR", "INTEGER"),
    "VARCHAR": ("INTEGER", "DATE"),
}


def _add_column(draw: Draw, base: Project, source: Source) -> Edit:
    return _added(draw, base, source, "add_column", _NEW)


def _add_colliding_column(draw: Draw, base: Project, source: Source) -> Edit | None:
    mine = {each.name for each in source.columns}
    names = {each.name for other in base.sources for each in other.columns} - mine
    if not names:
        return None
    return _added(draw, base, source, "add_colliding_column", draw.pick(sorted(names)))


def _added(draw: Draw, base: Project, source: Source, kind: str, name: str) -> Edit:
    new = {Column(name, "VARCHAR"): "'new'"}
    same = _same(source)
    both = new | same if draw.chance(0.3) else same | new
    return _source_edit(kind, base, source, both, frozenset())


def _reorder_columns(draw: Draw, base: Project, source: Source) -> Edit:
    columns = {each: quoted(each.name) for each in draw.shuffled(source.columns)}
    return _source_edit("reorder_columns", base, source, columns, frozenset())


def _drop_table(draw: Draw, base: Project, source: Source) -> Edit:
    del draw
    return Edit("drop_table", source.name, None, _with(base, source.name, None))


def _rename_table(draw: Draw, base: Project, source: Source) -> Edit:
    del draw
    renamed = Source(f"{source.name}_v2", source.columns)
    return Edit("rename_table", source.name, None, _with(base, source.name, renamed))


ON_SOURCES: tuple[SourceEdit, ...] = (
    _drop_column,
    _rename_column,
    _retype_column,
    _add_column,
    _add_colliding_column,
    _reorder_columns,
    _drop_table,
    _rename_table,
)


def _wrapped(selection: str, sql: str) -> str:
    return f"SELECT {selection} FROM (\n{sql}\n) AS q_"


def _m_drop_column(draw: Draw, model: Model, columns: Columns) -> str | None:
    if len(columns) == 1:
        return None
    return _wrapped(f'* EXCLUDE ("{draw.pick(columns).name}")', model.sql)


def _m_rename_column(draw: Draw, model: Model, columns: Columns) -> str:
    old = draw.pick(columns).name
    listed = (f'"{c.name}"' + (f' AS "{old}_v2"' if c.name == old else "") for c in columns)
    return _wrapped(", ".join(listed), model.sql)


def _m_retype_column(draw: Draw, model: Model, columns: Columns) -> str | None:
    old = draw.pick(columns)
    if old.type not in _RETYPES:
        return None
    cast = f'TRY_CAST("{old.name}" AS {draw.pick(_RETYPES[old.type])})'
    return _wrapped(f'* REPLACE ({cast} AS "{old.name}")', model.sql)


def _m_add_column(draw: Draw, model: Model, columns: Columns) -> str:
    del columns
    return _wrapped(draw.pick((f"*, 'n' AS {_NEW}", f"'n' AS {_NEW}, *")), model.sql)


def _m_reorder_columns(draw: Draw, model: Model, columns: Columns) -> str:
    return _wrapped(", ".join(f'"{each.name}"' for each in draw.shuffled(columns)), model.sql)


def _m_nullable(draw: Draw, model: Model, columns: Columns) -> str:
    name = f'"{draw.pick(columns).name}"'
    return _wrapped(
        f"* REPLACE (CASE WHEN hash({name}) % 2 = 0 THEN {name} END AS {name})", model.sql
    )


def _m_expr(draw: Draw, model: Model, columns: Columns) -> str | None:
    old = draw.pick(columns)
    change = {"VARCHAR": "\"{}\" || '!'", "INTEGER": 'CAST("{}" + 1 AS INTEGER)'}.get(old.type)
    if change is None:
        return None
    return _wrapped(f'* REPLACE ({change.format(old.name)} AS "{old.name}")', model.sql)


def _m_filter(draw: Draw, model: Model, columns: Columns) -> str:
    name = f'"{draw.pick(columns).name}"'
    return _wrapped("*", model.sql) + f" WHERE hash({name}) % 3 <> 0"


def _tree(model: Model) -> exp.Expr:
    return sqlglot.parse_one(model.sql, dialect="duckdb")


def _m_join_type(draw: Draw, model: Model, columns: Columns) -> str | None:
    del draw, columns
    tree = _tree(model)
    joins = [each for each in tree.find_all(exp.Join) if not each.args.get("method")]
    join = next((each for each in joins if each.args.get("on") or each.args.get("using")), None)
    if join is None or join.side not in ("", "LEFT"):
        return None
    join.set("side", None if join.side == "LEFT" else "LEFT")
    join.set("kind", None)  # `LEFT OUTER`
    return tree.sql("duckdb")


def _m_agg(draw: Draw, model: Model, columns: Columns) -> str | None:
    del draw, columns
    tree = _tree(model)
    found = tree.find(exp.Max, exp.Min)
    if found is None:
        return None
    found.replace((exp.Min if isinstance(found, exp.Max) else exp.Max)(this=found.this))
    return tree.sql("duckdb")


def _m_distinct(draw: Draw, model: Model, columns: Columns) -> str | None:
    del draw, columns
    tree = _tree(model)
    if not isinstance(tree, exp.Select) or tree.args.get("qualify"):
        return None
    tree.set("distinct", None if tree.args.get("distinct") else exp.Distinct())
    return tree.sql("duckdb")


def _m_union(draw: Draw, model: Model, columns: Columns) -> str | None:
    del draw, columns
    tree = _tree(model)
    if not isinstance(tree, exp.Union):
        return None
    tree.set("distinct", not tree.args.get("distinct"))
    return tree.sql("duckdb")


def _m_noop(draw: Draw, model: Model, columns: Columns) -> str | None:
    del columns
    return draw.pick(NOOPS)(model)


def _commuted(model: Model) -> str | None:
    tree = _tree(model)
    found = tree.find(exp.EQ, exp.And)
    if found is None:
        return None
    found.replace(type(found)(this=found.expression, expression=found.this))
    return tree.sql("duckdb")


def _where_true(model: Model) -> str | None:
    tree = _tree(model)
    if not isinstance(tree, exp.Select):
        return None
    return tree.where(exp.true()).sql("duckdb")


def _renamed_cte(model: Model) -> str | None:
    return (
        model.sql.replace("best AS (", "top_ AS (")
        .replace("best.", "top_.")
        .replace("JOIN best ", "JOIN top_ AS top_ ")
    )


NOOPS: tuple[Callable[[Model], str | None], ...] = (
    lambda model: _wrapped("*", model.sql),
    lambda model: f"-- rewritten\n{model.sql} /* the same */",
    lambda model: _tree(model).sql("duckdb", pretty=True),
    lambda model: f"WITH all_ AS ({model.sql}) SELECT * FROM all_",
    _commuted,
    _where_true,
    _renamed_cte,
)

ON_MODELS: Mapping[str, ModelEdit] = {
    "m_drop_column": _m_drop_column,
    "m_rename_column": _m_rename_column,
    "m_retype_column": _m_retype_column,
    "m_add_column": _m_add_column,
    "m_reorder_columns": _m_reorder_columns,
    "m_nullable": _m_nullable,
    "m_expr": _m_expr,
    "m_filter": _m_filter,
    "m_join_type": _m_join_type,
    "m_agg": _m_agg,
    "m_distinct": _m_distinct,
    "m_union": _m_union,
    "m_noop": _m_noop,
}

"""Invents projects: staging, intermediate models, marts and consumers over two to four sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from tests.oracle.grammar.draw import Draw
from tests.oracle.impact.build import outputs
from tests.oracle.impact.project import Column, Columns, Kind, Model, Project, Source

_ORDERS = (
    Column("id", "INTEGER"),
    Column("customer_id", "INTEGER"),
    Column("status", "VARCHAR"),
    Column("amount", "DECIMAL(18,2)"),
    Column("ordered_on", "DATE"),
    Column("note", "VARCHAR"),
)
_SOURCES = (
    Source(
        "raw_customers",
        (
            Column("customer_id", "INTEGER"),
            Column("name", "VARCHAR"),
            Column("country", "VARCHAR"),
            Column("signed_up", "DATE"),
            Column("is_test", "BOOLEAN"),
            Column("tags", "VARCHAR[]"),
        ),
    ),
    Source("raw_orders", _ORDERS),
    Source("raw_orders_old", _ORDERS),
    Source(
        "raw_visits",
        (
            Column("visit_id", "INTEGER"),
            Column("customer_id", "INTEGER"),
            Column("status", "VARCHAR"),
            Column("seconds", "DOUBLE"),
            Column("page", "STRUCT(path VARCHAR, depth INTEGER)"),
        ),
    ),
)
_TRIES = 60


@dataclass(frozen=True)
class Relation:
    name: str
    columns: Columns

    def of(self, *types: str) -> list[str]:
        return [each.name for each in self.columns if each.type.startswith(types)]

    @property
    def plain(self) -> list[str]:
        return [each.name for each in self.columns if "[" not in each.type and "(" not in each.type]

    @property
    def numbers(self) -> list[str]:
        return self.of("INTEGER", "DECIMAL", "DOUBLE", "BIGINT", "HUGEINT")


Recipe = Callable[[Draw, Relation, Relation], str]
"""A SELECT over one or two relations; it need not bind."""


def invented(seed: int) -> Project:
    """The project of that seed; every model binds."""
    draw = Draw(f"impact project {seed}")
    project = Project("duckdb", tuple(draw.some(_SOURCES, 2, 4)), ())
    wanted = draw.count(4, 9)
    for layer, recipes, share in (
        ("stg", STAGING, len(project.sources)),
        ("mart", MARTS, wanted),
        ("out", CONSUMERS, draw.count(2, 4)),
    ):
        project = _grown(draw, project, layer, recipes, share)
    return project


def _grown(
    draw: Draw, project: Project, layer: str, recipes: tuple[Recipe, ...], wanted: int
) -> Project:
    catalog = outputs(project)
    models: list[Model] = []
    for _ in range(_TRIES):
        if len(models) == wanted:
            break
        relations = [Relation(*each) for each in catalog.items()]
        name = f"{layer}_{len(models) + 1}"
        model = _tried(draw, name, _kind(draw, layer), recipes, relations)
        columns = _columns(model, catalog) if model else ()
        if model is None or not columns:
            continue
        models.append(replace(model, target=columns if model.kind is Kind.INSERT else ()))
        if layer != "out":
            catalog[name] = columns
    return replace(project, models=(*project.models, *models))


def _tried(
    draw: Draw, name: str, kind: Kind, recipes: tuple[Recipe, ...], relations: list[Relation]
) -> Model | None:
    left, right = draw.pick(relations), draw.pick(relations)
    try:
        sql = draw.pick(recipes)(draw, left, right)
    except IndexError:
        return None
    reads = (each.name for each in (left, right) if f" {each.name} " in _spaced(sql))
    return Model(name, kind, sql, tuple(dict.fromkeys(reads)))


def _spaced(sql: str) -> str:
    return f"{sql} ".replace(")", " ")


def _kind(draw: Draw, layer: str) -> Kind:
    kinds: Mapping[str, tuple[Kind, ...]] = {
        "stg": (Kind.VIEW, Kind.TABLE),
        "mart": (Kind.TABLE, Kind.TABLE, Kind.VIEW),
        "out": (Kind.QUERY, Kind.QUERY, Kind.INSERT),
    }
    return draw.pick(kinds[layer])


def _columns(model: Model, catalog: Mapping[str, Columns]) -> Columns:
    """The model's columns; none if it does not bind or two have the same name."""
    tables = tuple(Source(name, catalog[name]) for name in model.reads)
    alone = Project("duckdb", tables, (replace(model, kind=Kind.TABLE),))
    columns = outputs(alone).get(model.name, ())
    return columns if len({each.name.lower() for each in columns}) == len(columns) else ()


def _common(draw: Draw, left: Relation, right: Relation) -> str:
    """A column to join by; IndexError where there is none."""
    apart = left.name != right.name
    return draw.pick(sorted(each for each in left.plain if apart and each in right.plain))


def _condition(draw: Draw, of: Relation, alias: str = "") -> str:
    prefix = f"{alias}." if alias else ""
    found = [
        *(f"{prefix}{each} <> 'void'" for each in of.of("VARCHAR") if each == "status"),
        *(f"{prefix}{each} > {draw.count(0, 3)}" for each in of.numbers),
        *(f"{prefix}{each} IS NOT NULL" for each in of.plain),
    ]
    return draw.pick(found)


def _projection(draw: Draw, left: Relation, right: Relation) -> str:
    del right
    columns = draw.some(left.plain, 2, 5)
    return f"SELECT {', '.join(columns)} FROM {left.name} WHERE {_condition(draw, left)}"


def _star(draw: Draw, left: Relation, right: Relation) -> str:
    del right
    return f"SELECT * FROM {left.name} WHERE {_condition(draw, left)}"


def _exclude(draw: Draw, left: Relation, right: Relation) -> str:
    del right
    return f"SELECT * EXCLUDE ({draw.pick(left.plain)}) FROM {left.name}"


def _replace(draw: Draw, left: Relation, right: Relation) -> str:
    del right
    text = draw.pick(left.of("VARCHAR"))
    return f"SELECT * REPLACE (coalesce({text}, '?') AS {text}) FROM {left.name}"


def _cases(draw: Draw, left: Relation, right: Relation) -> str:
    del right
    number, text = draw.pick(left.numbers), draw.pick(left.of("VARCHAR"))
    size = draw.alias("size")
    graded = f"CASE WHEN {number} > 2 THEN 'big' WHEN {number} > 1 THEN 'mid' ELSE 'small' END"
    return (
        f"SELECT {draw.pick(left.plain)}, {graded} AS {size}, upper({text}) AS {size}_text "
        f"FROM {left.name}"
    )


def _using(draw: Draw, left: Relation, right: Relation) -> str:
    key = _common(draw, left, right)
    others = [each for each in right.plain if each not in set(left.plain)]
    side = draw.pick(("JOIN", "LEFT JOIN", "FULL JOIN", "RIGHT JOIN"))
    taken = draw.pick((f"{draw.pick(others)}", "*")) if others else "*"
    mine = draw.pick([each for each in left.plain if each not in set(right.plain)])
    chosen = "*" if taken == "*" else f"{key}, {mine}, {taken}"
    return f"SELECT {chosen} FROM {left.name} {side} {right.name} USING ({key})"


def _on(draw: Draw, left: Relation, right: Relation) -> str:
    key = _common(draw, left, right)
    side = draw.pick(("JOIN", "LEFT JOIN", "LEFT JOIN"))
    other = draw.pick([each for each in right.plain if each != key])
    new = draw.alias("other")
    return (
        f"SELECT a.{key}, a.{draw.pick([c for c in left.plain if c != key])}, b.{other} AS {new} "
        f"FROM {left.name} AS a {side} {right.name} AS b ON a.{key} = b.{key}"
    )


def _semi(draw: Draw, left: Relation, right: Relation) -> str:
    key = _common(draw, left, right)
    if draw.chance(0.5):
        return f"SELECT * FROM {left.name} WHERE {key} IN (SELECT {key} FROM {right.name})"
    no = draw.pick(("", "NOT "))
    inner = f"SELECT 1 FROM {right.name} AS r WHERE r.{key} = l.{key}"
    return f"SELECT * FROM {left.name} AS l WHERE {no}EXISTS ({inner})"


def _groups(draw: Draw, left: Relation, right: Relation) -> str:
    del right
    key, number = draw.pick(left.plain), draw.pick(left.numbers)
    call = draw.pick(("sum({})", "max({})", "min({})", "count(DISTINCT {})", "count({})"))
    having = f" HAVING count(*) > {draw.count(0, 1)}" if draw.chance(0.3) else ""
    value = f"{call.format(number)} AS {draw.alias('total')}"
    select = f"SELECT {key}, {value}, count(*) AS {draw.alias('n')}"
    return f"{select} FROM {left.name} GROUP BY {key}{having}"


def _cte(draw: Draw, left: Relation, right: Relation) -> str:
    key = _common(draw, left, right)
    number, new = draw.pick([each for each in right.numbers if each != key]), draw.alias("best")
    return (
        f"WITH best AS (SELECT {key}, max({number}) AS {new} FROM {right.name} GROUP BY {key}) "
        f"SELECT l.*, best.{new} FROM {left.name} AS l LEFT JOIN best ON best.{key} = l.{key}"
    )


def _distinct(draw: Draw, left: Relation, right: Relation) -> str:
    del right
    return f"SELECT DISTINCT {', '.join(draw.some(left.plain, 1, 2))} FROM {left.name}"


def _latest(draw: Draw, left: Relation, right: Relation) -> str:
    del right
    key = draw.pick(left.plain)
    order = ", ".join(each for each in left.plain if each != key)
    number = f"row_number() OVER (PARTITION BY {key} ORDER BY {order})"
    return f"SELECT * FROM {left.name} QUALIFY {number} = 1"


def _window(draw: Draw, left: Relation, right: Relation) -> str:
    del right
    key, number = draw.pick(left.plain), draw.pick(left.numbers)
    running = f"sum({number}) OVER (PARTITION BY {key}) AS {draw.alias('running')}"
    return f"SELECT {key}, {number}, {running} FROM {left.name}"


def _scalar(draw: Draw, left: Relation, right: Relation) -> str:
    number = draw.pick(right.numbers)
    inner = f"(SELECT max({number}) FROM {right.name})"
    return f"SELECT {draw.pick(left.plain)}, {inner} AS {draw.alias('top')} FROM {left.name}"


def _unnest(draw: Draw, left: Relation, right: Relation) -> str:
    del right
    listed = draw.pick(left.of("VARCHAR[]"))
    return (
        f"SELECT {draw.pick(left.plain)}, unnest({listed}) AS {draw.alias('tag')} FROM {left.name}"
    )


def _field(draw: Draw, left: Relation, right: Relation) -> str:
    del right
    struct, alias = draw.pick(left.of("STRUCT")), draw.alias("path")
    return f"SELECT {draw.pick(left.plain)}, {struct}.path AS {alias} FROM {left.name}"


def _union(draw: Draw, left: Relation, right: Relation) -> str:
    word = draw.pick(("UNION", "UNION ALL", "EXCEPT", "INTERSECT"))
    if left.columns == right.columns and draw.chance(0.6):
        return f"SELECT * FROM {left.name} {word} SELECT * FROM {right.name}"
    key = draw.pick(sorted(set(left.plain) & set(right.plain)))
    return f"SELECT {key} FROM {left.name} {word} SELECT {key} FROM {right.name}"


def _dashboard(draw: Draw, left: Relation, right: Relation) -> str:
    return f"{_groups(draw, left, right)} ORDER BY 1"


def _extract(draw: Draw, left: Relation, right: Relation) -> str:
    del draw, right
    return f"SELECT * FROM {left.name}"


STAGING: tuple[Recipe, ...] = (_projection, _star, _exclude, _replace, _cases)
MARTS: tuple[Recipe, ...] = (
    _using,
    _on,
    _semi,
    _groups,
    _cte,
    _distinct,
    _latest,
    _window,
    _scalar,
    _unnest,
    _field,
    _union,
    _cases,
    _star,
)
CONSUMERS: tuple[Recipe, ...] = (_dashboard, _extract, _extract, _union)

"""Changes that somebody composes: what if this column went? Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from catalog.errors import Invalid
from catalog.model.change import ChangeKind
from catalog.model.project import Check, Content, Definition, Place, Project, RuleKind, Table
from catalog.model.thing import Thing
from ingest.names import DatasetName
from ingest.sql.readout import Parts


@dataclass(frozen=True, slots=True)
class Composed:
    """A change to a dataset, or to a column of it.

    `to`: the new name of what is renamed, the new type of what is retyped or added, `NULL` (if
    nothing is said) or `NOT NULL` of what may be so from now on, a value that a column has from now
    on, the columns in their new order (those left out follow), what a new data test accepts of a
    column (`IN a, b`). `sql`: the new query of what is another logic; `tables`: what the names in
    it are, as far as that is known. `before`: a value that a column has no more.
    """

    kind: ChangeKind
    dataset: DatasetName
    column: str | None = None
    to: str | None = None
    sql: str | None = None
    before: str | None = None
    tables: tuple[tuple[Parts, DatasetName], ...] = ()


def checked(changes: Sequence[Composed]) -> None:
    """See that changes say what they have to.

    Raises:
        Invalid: one does not.
    """
    if not changes:
        raise Invalid("say at least one change")
    for one in changes:
        for wrong, message in _WRONG:
            if wrong(one):
                raise Invalid(message.format(kind=one.kind))


def _words(change: Composed) -> str:
    return " ".join((change.to or "NULL").upper().split())


_OF_COLUMNS = frozenset(
    {ChangeKind.RETYPED, ChangeKind.VALUES, ChangeKind.NULLABILITY, ChangeKind.CHECK}
)
_NAMED = frozenset({ChangeKind.RENAMED, ChangeKind.RETYPED})
_ONE_OF = "IN "
_WRONG: Sequence[tuple[Callable[[Composed], bool], str]] = (
    (
        lambda one: one.kind is ChangeKind.REORDERED and not (one.to and one.column is None),
        "reordered: say the columns of the dataset in their new order (`to`)",
    ),
    (
        lambda one: one.kind is ChangeKind.CHECK and not _accepted(one),
        "check: `to` is IN and the accepted values; NOT NULL is a change of kind nullability",
    ),
    (lambda one: one.kind in _OF_COLUMNS and one.column is None, "{kind}: say which column"),
    (lambda one: one.kind in _NAMED and not one.to, "{kind}: say what it becomes (`to`)"),
    (
        lambda one: one.kind is ChangeKind.RENAMED and one.column is None,
        "renamed: say which column; a renamed dataset is one that is removed",
    ),
    (
        lambda one: one.kind is ChangeKind.ADDED and one.column is None,
        "added: say which column",
    ),
    (
        lambda one: one.kind is ChangeKind.LOGIC and not one.sql,
        "logic: say the new query (`sql`)",
    ),
    (
        lambda one: one.kind is ChangeKind.NULLABILITY and _words(one) not in _NULLABLE,
        "nullability: `to` is NULL or NOT NULL",
    ),
    (
        lambda one: one.kind is not ChangeKind.VALUES and one.before is not None,
        "{kind}: `from` is a value, and is said of values alone",
    ),
)
_NULLABLE = frozenset({"NULL", "NOT NULL"})


def keeps(change: Composed) -> bool:
    """Whether a dataset stays what its queries make of it."""
    return change.kind in (ChangeKind.LOGIC, ChangeKind.CHECK) or (
        change.kind is ChangeKind.NULLABILITY and _words(change) == "NOT NULL"
    )


def states_of(
    base: Project, changes: Sequence[Composed], relations: Mapping[Thing, str]
) -> tuple[Project, Project]:
    """Give the states before and after the changes.

    A catalog does not tell which columns are NOT NULL: one that is said to become NULL was none.

    Raises:
        Invalid: there is no such column, or a column of that name is there already.
    """
    demanded: dict[str, list[Check]] = {"NULL": [], "NOT NULL": []}
    for one in changes:
        if one.kind is ChangeKind.NULLABILITY:
            demanded[_words(one)].append(_never_null(relations[one.dataset], one))
    head = _head_of(base, changes, relations)
    added = [_added(relations[it.dataset], it) for it in changes if it.kind is ChangeKind.CHECK]
    before, after = demanded["NULL"], [*demanded["NOT NULL"], *added]
    return (
        replace(base, checks=(*base.checks, *before)),
        replace(head, checks=(*base.checks, *after)),
    )


def _never_null(relation: str, change: Composed) -> Check:
    column = change.column or ""
    name = f"{change.dataset.name}.{column} NOT NULL"
    demand = ((column, ""),)
    return Check(name, relation, RuleKind.NOT_NULL, demand, Place(""), guards=True)


def _accepted(change: Composed) -> tuple[str, ...]:
    """Give the values that a new data test accepts."""
    told = " ".join((change.to or "").split())
    if not told.upper().startswith(_ONE_OF):
        return ()
    values = tuple(one.strip(" '()") for one in told[len(_ONE_OF) :].split(","))
    return values if all(values) else ()


def _added(relation: str, change: Composed) -> Check:
    column = change.column or ""
    name = f"{change.dataset.name}.{column} {change.to}"
    demand = ((column, ""),)
    values = _accepted(change)
    return Check(name, relation, RuleKind.ACCEPTED_VALUES, demand, Place(""), values=values)


def _head_of(base: Project, changes: Sequence[Composed], relations: Mapping[Thing, str]) -> Project:
    tables = dict(base.tables)
    definitions = list(base.definitions)
    for number, one in enumerate(changes):
        relation = relations[one.dataset]
        if one.kind is ChangeKind.LOGIC:
            calls = tuple((parts, relations[name]) for parts, name in one.tables)
            definitions = _rewritten(definitions, relation, one, calls)
        elif one.kind in (ChangeKind.NULLABILITY, ChangeKind.CHECK) and keeps(one):
            continue
        elif one.kind is ChangeKind.REMOVED and one.column is None:
            tables.pop(relation, None)
            definitions = [it for it in definitions if it.target != relation]
        elif relation not in tables:
            raise Invalid(f"{one.dataset.name} is removed by another change")
        else:
            tables[relation] = _changed(tables[relation], one, number)
    return replace(base, tables=tables, definitions=tuple(definitions))


def _rewritten(
    definitions: Sequence[Definition],
    relation: str,
    change: Composed,
    calls: tuple[tuple[Parts, str], ...],
) -> list[Definition]:
    """Put the new query in the place of the one that makes the dataset."""
    makers = [one for one in definitions if one.target == relation]
    if len(makers) != 1 or makers[0].recorded:
        raise Invalid(
            f"{change.dataset.name} is not made by one query that the catalog knows, and nothing "
            "else: say which values or rows change instead"
        )
    calls = tuple(sorted({*calls, *makers[0].calls}))
    new = replace(makers[0], sql=change.sql or "", calls=calls)
    return [new if one is makers[0] else one for one in definitions]


def _changed(table: Table, change: Composed, number: int) -> Table:
    if change.kind in (ChangeKind.ROWS, ChangeKind.VALUES):
        table = replace(table, content=_other_content(table, change, number))
        return replace(
            table,
            without=table.without | _told(change.column, change.before),
            gained=table.gained | _told(change.column, change.to),
        )
    if change.kind is ChangeKind.REORDERED:
        return replace(table, columns=_ordered(table, change))
    name = (change.column or "").lower()
    places = [place for place, one in enumerate(table.columns) if one[0].lower() == name]
    places.sort(key=lambda place: table.columns[place][0] != change.column)
    if change.kind is ChangeKind.ADDED:
        if places:
            raise Invalid(f"{change.dataset.name} has a column {change.column!r} already")
        return replace(table, columns=(*table.columns, (change.column or "", change.to or "")))
    if not places:
        raise Invalid(f"{change.dataset.name} has no column {change.column!r}")
    columns = list(table.columns)
    old, kind = columns[places[0]]
    match change.kind:
        case ChangeKind.RENAMED:
            columns[places[0]] = (change.to or "", kind)
        case ChangeKind.RETYPED:
            if not kind:
                raise Invalid(f"the type that {old} has is not known, so what another does neither")
            columns[places[0]] = (old, change.to or "")
        case ChangeKind.NULLABILITY:
            return table
        case _:
            del columns[places[0]]
    return replace(table, columns=tuple(columns))


def _ordered(table: Table, change: Composed) -> tuple[tuple[str, str], ...]:
    """Put the columns that are named first; the others follow as they stood."""
    if table.open:
        raise Invalid(f"the order of the columns of {change.dataset.name} is not known")
    names = [one.strip().lower() for one in (change.to or "").split(",")]
    known = {name.lower(): (name, kind) for name, kind in table.columns}
    if unknown := [one for one in names if one not in known]:
        raise Invalid(f"{change.dataset.name} has no column {unknown[0]!r}")
    first = [known[one] for one in dict.fromkeys(names)]
    return (*first, *(one for one in table.columns if one not in first))


def _other_content(table: Table, change: Composed, number: int) -> Content:
    content = table.content or Content(0, b"", ())
    mark = str(number).encode()
    if change.kind is ChangeKind.ROWS:
        return replace(content, count=content.count + 1, rows=mark)
    name = (change.column or "").lower()
    if not any(one.lower() == name for one, _ in content.columns):
        raise Invalid(f"{change.dataset.name} has no column {change.column!r}")
    values = tuple((one, mark if one.lower() == name else was) for one, was in content.columns)
    return replace(content, rows=mark, columns=values)


def _told(column: str | None, value: str | None) -> frozenset[tuple[str, str]]:
    return frozenset({((column or "").lower(), value)}) if value is not None else frozenset()

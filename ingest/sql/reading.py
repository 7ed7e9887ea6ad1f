"""Reading a text of SQL: which tables it names, and what it says of lineage.

A text is read twice: `naming` tells which tables it names, so that the asker can find out what is
known of them; `read_out` binds it against that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from sqlglot import exp
from sqlglot.expressions import Expr, Identifier

from ingest.flows import KIND_OF, Kind, Subtype
from ingest.sql.clauses import Clause, place_of
from ingest.sql.errors import Code, Problem, Span
from ingest.sql.expectations import expectations
from ingest.sql.lineage import CLAUSE, MASKED, Lineage, Source, merged
from ingest.sql.outputs import Mode, Output
from ingest.sql.readout import (
    Assumed,
    Naming,
    Origin,
    Parts,
    Piece,
    Readout,
    Request,
    Text,
    Written,
    WrittenColumn,
)
from ingest.sql.relation import Column, Stored
from ingest.sql.rules import Case, Rules, rules_of
from ingest.sql.schema import Declared, Schema, declare_as
from ingest.sql.script import Parsed, Script, bind_parsed, is_temporary, parse_script
from ingest.sql.spans import of_name, of_names, of_projection, select_items
from ingest.sql.statements import Bound
from ingest.sql.tables import is_cte
from ingest.sql.tree import child, dotted
from ingest.sql.writes import into

MAX_TEXT = 1_000_000
"""How many characters a text may have. A size, so that the answer is the same on every machine."""


def naming(text: Text) -> Naming:
    """Tell which tables a text names."""
    parsed = _parsed(text)
    if isinstance(parsed, Problem):
        return Naming((), (), parsed)
    rules = rules_of(text.dialect)
    used = (node for _, node in parsed.statements if not isinstance(node, (exp.Alter, exp.Drop)))
    named = Counter(name for node in used for name in _named_in(node, rules))
    written = Counter(_written(parsed, rules))
    temporary = set(_written(parsed, rules, is_temporary))
    filled = written.keys() - temporary - set(_written(parsed, rules, _makes))
    return Naming(
        tuple(sorted((named - written).keys() - temporary)),
        tuple(sorted(written.keys() - temporary)),
        next(iter(parsed.problems), None),
        tuple(sorted(filled)),
        tuple(sorted(filled - set(_written(parsed, rules, _overwrites)))),
        tuple(_pieces(parsed, rules)),
    )


def _pieces(parsed: Parsed, rules: Rules) -> Iterator[Piece]:
    """Take a text apart by what it writes; what it makes for itself belongs to what is behind."""
    temporary = set(_written(parsed, rules, is_temporary))
    shared: list[Span] = []
    names: set[Parts] = set()
    for span, node in parsed.statements:
        written = set(_written_in(node, rules))
        if written & temporary:
            shared.append(span)
            names.update(_named_in(node, rules))
            continue
        named = frozenset({*names, *_named_in(node, rules)} - temporary)
        yield from (Piece((*shared, span), one, named) for one in sorted(written))


def _makes(write: Expr) -> bool:
    return isinstance(write, exp.Create)


def _overwrites(write: Expr) -> bool:
    return isinstance(write, exp.Insert) and bool(write.args.get("overwrite"))


def read_out(request: Request) -> Readout:
    """Bind a text and tell what it says."""
    parsed = _parsed(request.text)
    if isinstance(parsed, Problem):
        return Readout((), parsed, bound=False)
    rules = rules_of(request.text.dialect)
    schema = Schema(rules, {})
    known = {table.name: table.columns for table in request.tables}
    names: dict[str, Parts] = {}
    for parts in set(_named(parsed, rules)):
        name = _joined(parts)
        names[name] = parts
        declare_as(schema, tuple(reversed(parts)), Declared(name, dict(known.get(parts, ()))))
    teller = _Teller(bind_parsed(parsed, schema), names, rules)
    told = teller.readout()
    return replace(told, assumed=teller.assumed()) if request.assumptions else told


class _Teller:
    """Puts a bound script into plain values."""

    def __init__(self, script: Script, names: dict[str, Parts], rules: Rules) -> None:
        self._script = script
        self._names = names
        self._rules = rules
        self._stored: dict[str, Stored] = {}
        for bound in script.statements:
            self._stored |= bound.binding.schema.stored
        self._items = select_items(script.tokens)
        self._places: dict[int, Span | None] = {}
        self._statements: dict[int, Span | None] = {}
        self._untold = False

    def readout(self) -> Readout:
        """Give all that the script says."""
        statements = self._script.statements
        written = tuple(
            self._written(bound, output) for bound in statements for output in bound.outputs
        )
        told = [problem for bound in statements for problem in bound.told.problems]
        problems = sorted([*self._script.problems, *told])
        return Readout(
            written,
            next(iter(problems), None),
            bound=not problems and not self._untold and all(map(_known_whole, statements)),
        )

    def assumed(self) -> tuple[Assumed, ...]:
        """Give what the script assumes of the values of columns."""
        found = {one for bound in self._script.statements for one in self._assumed(bound)}
        return tuple(sorted(found))

    def _assumed(self, bound: Bound) -> Iterator[Assumed]:
        for span, table, path, assumption, value in expectations(bound.node, bound.binding):
            parts = self._parts(table)
            if parts is not None:
                yield Assumed(parts, path, assumption, value, span)

    def _parts(self, name: str | None) -> Parts | None:
        return self._names.get(name or "")

    def _written(self, bound: Bound, output: Output) -> Written:
        named = [column for column in output.columns if column.name != "*" or column.key]
        others = [column for column in output.columns if column.name == "*" and not column.key]
        target = output.target.name if output.target is not None else None
        return Written(
            self._parts(target),
            tuple(self._column(bound, column) for column in named),
            self._origins(output.rows, bound),
            self._origins(merged(one.lineage for one in others), bound),
            whole=not others and output.mode in (Mode.RESULT, Mode.CREATE),
            temporary=output.temporary,
        )

    def _column(self, bound: Bound, column: Column) -> WrittenColumn:
        span = self._quote(bound, column)
        name = self._name(bound.binding.rules, column)
        name = name or (self._script.text[span.start : span.end] if span else "?column?")
        kind = column.type.sql(bound.binding.rules.dialect) if column.type is not None else ""
        return WrittenColumn(name, kind, self._origins(column.lineage, bound, span))

    def _name(self, rules: Rules, column: Column) -> str:
        """The name that the column is stored under: folded, if the dialect folds names."""
        folds = rules.case is not Case.INSENSITIVE
        return column.key if folds and column.key else column.name

    def _path(self, source: Source) -> tuple[str, ...]:
        """The path of a column; of a table that is open, as a dialect that folds up stores it."""
        stored = self._stored.get(source.table.name or "")
        known = stored is not None and stored.columns is not None
        if known or self._rules.case is not Case.UPPER or not source.path:
            return source.path
        return (self._rules.stored(source.path[0]), *source.path[1:])

    def _quote(self, bound: Bound, column: Column) -> Span | None:
        """The expression; of a plain copy the last mention of what is copied."""
        root = column.root
        if root.node is not None:
            if not self._stands_here([root.node]):
                return None
            tokens = self._script.tokens
            return of_projection(root.node, tokens, self._items) or place_of([root.node], tokens)
        mentions = [
            one.span
            for one in bound.told.references
            if one.column.root is root and self._reads(one.span, one.column.key)
        ]
        shown = of_names(mentions, self._script.tokens, self._items)
        return max(shown or mentions, default=None)

    def _stands_here(self, clause: Clause) -> bool:
        """Whether its places are of this text: a macro, or SQL within a literal, has its own."""
        names = (name for node in clause for name in node.find_all(Identifier))
        return all(self._reads(of_name(one), one.name) for one in names if "start" in one.meta)

    def _reads(self, place: Span, name: str) -> bool:
        return name.lower() in self._script.text[place.start : place.end].lower()

    def _statement(self, bound: Bound) -> Span | None:
        """What says it where nothing smaller does: the only star, else the statement."""
        known = self._statements.get(id(bound))
        if known is None:
            stars = [
                one for one in bound.node.find_all(exp.Star) if isinstance(one.parent, exp.Select)
            ]
            clause = stars if len(stars) == 1 else [bound.node]
            known = self._statements[id(bound)] = place_of(clause, self._script.tokens)
        return known

    def _origins(
        self, lineage: Lineage, bound: Bound, expression: Span | None = None
    ) -> tuple[Origin, ...]:
        """`expression`: what makes the value; of rows there is none."""
        found: dict[tuple[Parts, tuple[str, ...], Subtype], tuple[bool, Span | None]] = {}
        for source, subtype, marks in (*lineage.direct, *lineage.indirect, *lineage.given):
            table = self._parts(source.table.name)
            if table is None:
                self._untold = True
                continue
            key = (table, self._path(source), subtype)
            direct = KIND_OF[subtype] is Kind.DIRECT
            place = (direct and expression) or self._place(marks) or expression
            place = place or self._statement(bound)
            masks, before = found.get(key, (True, None))
            found[key] = masks and bool(marks & MASKED), _smaller(before, place)
        return tuple(Origin(*key, *told) for key, told in sorted(found.items()))

    def _place(self, marks: int) -> Span | None:
        """Where the clause stands by which an origin decides."""
        number = marks // CLAUSE
        if number not in self._places:
            clause = self._script.clauses.find(marks)
            here = clause and self._stands_here(clause)
            self._places[number] = place_of(clause, self._script.tokens) if here else None
        return self._places[number]


def _smaller(one: Span | None, other: Span | None) -> Span | None:
    """Give the place that says the least; of two of one size the first in the text."""
    known = (place for place in (one, other) if place is not None)
    return min(known, key=lambda place: (place.end - place.start, place.start), default=None)


def _known_whole(bound: Bound) -> bool:
    """Whether all columns of every table that a statement reads are known."""
    stored = bound.binding.schema.stored
    return all(
        (found := stored.get(table.name or "")) is not None and found.columns is not None
        for table in bound.told.reads
    )


def _named(parsed: Parsed, rules: Rules) -> Iterator[Parts]:
    for _, node in parsed.statements:
        yield from _named_in(node, rules)


def _named_in(node: Expr, rules: Rules) -> Iterator[Parts]:
    for table in node.find_all(exp.Table):
        if isinstance(table.this, Identifier) and not is_cte(table, rules):
            yield tuple(rules.key(part) for part in dotted(table))


def _written(
    parsed: Parsed, rules: Rules, chosen: Callable[[Expr], bool] = lambda _: True
) -> Iterator[Parts]:
    for _, node in parsed.statements:
        yield from _written_in(node, rules, chosen)


def _written_in(
    node: Expr, rules: Rules, chosen: Callable[[Expr], bool] = lambda _: True
) -> Iterator[Parts]:
    for write in node.find_all(*_WRITES):
        table, _ = into(child(write, "into") or write.this)
        is_table = isinstance(table, exp.Table) and isinstance(table.this, Identifier)
        if is_table and chosen(write):
            yield tuple(rules.key(part) for part in dotted(table))


_WRITES = (exp.Create, exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.ConditionalInsert)


def _joined(parts: Parts) -> str:
    """One text of a name; a part that would not be found again in it is quoted."""
    return ".".join(
        '"' + part.replace('"', '""') + '"' if set(part) & set('."`[]') else part for part in parts
    )


@lru_cache(maxsize=32)
def _parsed(text: Text) -> Parsed | Problem:
    if len(text.sql) > MAX_TEXT:
        return _refused(f"The text has more than {MAX_TEXT:,} characters.")
    try:
        return parse_script(text.sql, text.dialect)
    except ValueError:
        return _refused(f'There is no dialect "{text.dialect}".')


def _refused(message: str) -> Problem:
    return Problem(Span(0, 0), Code.UNSUPPORTED, message)

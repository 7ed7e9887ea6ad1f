"""`headwater sql lineage --jsonl`: one request of the contract in, one answer out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TypeAlias, cast

from ingest.flows import Subtype
from ingest.sql.errors import Code, Problem, Span, line_and_column
from ingest.sql.lineage import ANY_COLUMN, Lineage, Origins, Source
from ingest.sql.relation import Column
from ingest.sql.rules import rules_of, told_apart
from ingest.sql.schema import schema_of
from ingest.sql.script import Script, bind_script
from ingest.sql.spans import of_projection, select_items
from ingest.sql.statements import Output

Entry: TypeAlias = tuple[str | None, str, str]


def answer(request: Mapping[str, object]) -> dict[str, object]:
    """Answer one request; whatever is wrong with it is told in `error`."""
    number = request.get("id")
    sql = request.get("sql")
    if not isinstance(sql, str):
        return refused(number, Code.UNSUPPORTED, "`sql` must be a string.")
    dialect = str(request.get("dialect") or "").lower()
    try:
        rules = rules_of(dialect)
    except ValueError:
        return refused(number, Code.UNSUPPORTED, f'There is no dialect "{dialect}".')
    schema = schema_of(
        _tables(request.get("schema"), sql),
        rules,
        _text(request.get("default_schema")),
        _text(request.get("default_db")),
    )
    return {"id": number, **render(bind_script(sql, schema))}


def answer_line(line: bytes) -> dict[str, object]:
    """Answer one line of the contract, also one that is no request."""
    try:
        request: object = json.loads(line)
    except (ValueError, RecursionError):
        return refused(None, Code.SYNTAX, "The line is not JSON.")
    if not isinstance(request, dict):
        return refused(None, Code.SYNTAX, "The line is not a JSON object.")
    return answer(cast("dict[str, object]", request))


def id_of(line: bytes) -> object:
    """Give the id of a request line; None if it cannot be read."""
    try:
        request: object = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, object]", request).get("id") if isinstance(request, dict) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _tables(value: object, sql: str) -> dict[str, dict[str, str]]:
    """Of a schema the tables that the text may name: others are no concern of it."""
    if not isinstance(value, Mapping):
        return {}
    tables = cast("Mapping[object, object]", value)
    text = sql.lower()
    return {
        str(name): _columns(columns)
        for name, columns in tables.items()
        if _may_name(text, str(name).lower())
    }


def _may_name(text: str, table: str) -> bool:
    """Whether the last part of a name stands in a text; quotes may spell it otherwise."""
    last = table.rpartition(".")[2]
    return last in text or not last.replace("_", "a").isalnum() or not last.isascii()


def _columns(value: object) -> dict[str, str]:
    """Columns may be told as a map to types or as a list of names."""
    if isinstance(value, Mapping):
        typed = cast("Mapping[object, object]", value)
        return {str(name): str(kind or "") for name, kind in typed.items()}
    if isinstance(value, list):
        return dict.fromkeys([str(name) for name in cast("list[object]", value)], "")
    return {}


def refused(number: object, code: Code, message: str) -> dict[str, object]:
    """Give the answer to what cannot be read at all."""
    return {"id": number, **_EMPTY, "error": _error(Problem(Span(0, 0), code, message), "")}


def _error(problem: Problem, text: str) -> dict[str, object]:
    line, column = line_and_column(text, problem.span.start)
    return {"code": problem.code.value, "message": problem.message, "line": line, "column": column}


_EMPTY: dict[str, object] = {"inputs": [], "outputs": [], "columns": {}, "rows": []}


def render(script: Script) -> dict[str, object]:
    """Give the answer's fields for a bound script."""
    outputs = _shown(script)
    targets = sorted({output.target.name or "" for output in outputs if output.target})
    reads = {table.name for bound in script.statements for table in bound.told.reads if table.name}
    problems = sorted(
        [*script.problems, *(one for bound in script.statements for one in bound.told.problems)]
    )
    fields: dict[str, object] = {"inputs": sorted(reads), "outputs": targets, **_EMPTY_LINEAGE}
    if len(targets) > 1:
        fields["by_output"] = {
            target: _lineage([o for o in outputs if o.target and o.target.name == target], script)
            for target in targets
        }
    else:
        written = [output for output in outputs if output.target] or outputs
        fields |= _lineage(written, script)
    return {**fields, "error": _error(problems[0], script.text) if problems else None}


def _shown(script: Script) -> list[Output]:
    """What is temporary shows only if nothing else is given."""
    outputs = [output for bound in script.statements for output in bound.outputs]
    return [output for output in outputs if not output.temporary] or outputs


_EMPTY_LINEAGE: dict[str, object] = {"columns": {}, "rows": []}


def _lineage(outputs: list[Output], script: Script) -> dict[str, object]:
    direct: dict[str, set[Entry]] = {}
    indirect: dict[str, set[Entry]] = {}
    rows: set[Entry] = set()
    for output in outputs:
        for name, column in zip(_names(output, script), output.columns, strict=True):
            direct.setdefault(name, set()).update(_direct(column.lineage))
            indirect.setdefault(name, set()).update(_entries(column.lineage.indirect))
        rows.update(_entries(output.rows.indirect), _entries(output.rows.given))
    return {
        "columns": {
            name: {"direct": _sorted(direct[name]), "indirect": _sorted(indirect[name])}
            for name in direct
        },
        "rows": _sorted(rows),
    }


def _names(output: Output, script: Script) -> list[str]:
    """An output without a name carries its text."""
    if all(column.name for column in output.columns):
        return told_apart((column.name, column.key) for column in output.columns)
    items = select_items(script.tokens)
    return [column.name or _written(column, script, items) for column in output.columns]


def _written(column: Column, script: Script, items: list[tuple[int, int]]) -> str:
    if column.node is None:
        return "?column?"
    span = of_projection(column.node, script.tokens, items)
    return script.text[span.start : span.end] if span else column.node.sql()


def _direct(lineage: Lineage) -> Iterable[Entry]:
    """Rows as a source are shown where they are counted."""
    for source, subtype, _ in lineage.direct:
        if source.path:
            yield _entry(source, subtype)
        elif subtype is Subtype.AGGREGATION:
            yield (source.table.name, ANY_COLUMN, subtype.value)


def _entries(origins: Origins) -> Iterable[Entry]:
    return [_entry(source, subtype) for source, subtype, _ in origins if source.path]


def _entry(source: Source, subtype: Subtype) -> Entry:
    """A field of a column is answered as the column, of which it is a part."""
    if len(source.path) > 1 and subtype is Subtype.IDENTITY:
        subtype = Subtype.TRANSFORMATION
    return (source.table.name, next(iter(source.path)), subtype.value)


def _sorted(entries: Iterable[Entry]) -> list[list[str | None]]:
    return [list(entry) for entry in sorted(entries, key=lambda e: (e[0] or "", e[1], e[2]))]

"""COPY, EXPORT and UNLOAD: a query or table written to a location, or a location read."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import Dialect, exp
from sqlglot.expressions import Expr
from sqlglot.tokenizer_core import Token, TokenType

from ingest.sql.lineage import ANY_COLUMN, EMPTY, Table, of_source
from ingest.sql.outputs import Mode, Output
from ingest.sql.queries import bind_query
from ingest.sql.relation import Column, all_columns, unknown
from ingest.sql.scope import Scope
from ingest.sql.tree import child, listed
from ingest.sql.writes import into, target_name, target_of


def bind_copy(node: Expr, outer: Scope) -> list[Output]:
    """COPY, in whichever direction the dialect writes it: a location is a dataset, too."""
    source, files = node.this, listed(node, "files")
    if _is_location(source) and files:  # COPY INTO location FROM query
        return [_written(files[0], _location(source), outer)]
    if node.args.get("kind"):
        return [_loaded(source, files, outer)]
    return [_written(source, _location(files[0]) if files else "", outer)]


def bind_export(node: Expr, outer: Scope) -> list[Output]:
    """EXPORT DATA OPTIONS (uri = …) AS query."""
    options = child(node, "options")
    uris = [
        one.args["value"].name
        for one in (listed(options, "expressions") if options is not None else [])
        if one.name.lower() == "uri"
    ]
    return [_written(node.this, uris[0] if uris else "", outer)]


def unloaded(tokens: Sequence[Token], dialect: Dialect) -> Expr | None:
    """UNLOAD ('query') TO 'location' as the COPY that it is; None for anything else.

    The tokenizer gives the text behind the first word as one piece.
    """
    if tokens[0].text.upper() != "UNLOAD" or len(tokens) != len(("UNLOAD", "the rest")):
        return None
    inner = dialect.tokenize(tokens[1].text)
    strings = [token for token in inner if token.token_type == TokenType.STRING]
    if len(inner) < len(("(", "query")) or not strings or inner[1] is not strings[0]:
        return None
    query = dialect.parse(strings[0].text)[0]
    if not isinstance(query, exp.Query):
        return None
    _moved(query, tokens[1].start + strings[0].start + 1)
    files = [exp.Literal.string(token.text) for token in strings[1:2]]
    return exp.Copy(this=query, kind=False, files=files)


def _moved(node: Expr, offset: int) -> None:
    """The places of names within a text that stands in a text."""
    for part in node.walk():
        for end in ("start", "end"):
            if isinstance(part.meta.get(end), int):
                part.meta[end] += offset


def _is_location(node: Expr) -> bool:
    return isinstance(node, exp.Literal) or (
        isinstance(node, exp.Table) and isinstance(node.this, (exp.Var, exp.Literal))
    )


def _location(node: Expr) -> str:
    return node.this.name if isinstance(node, exp.Table) else node.name


def _written(node: Expr, location: str, outer: Scope) -> Output:
    relation = bind_query(into(node)[0], outer)
    columns = list(all_columns(relation))
    names = into(node)[1]
    if names:
        wanted = {outer.binding.rules.key(name) for name in names}
        columns = [column for column in columns if column.key in wanted]
    elif relation.open:
        columns.append(Column(ANY_COLUMN, "", unknown(relation)))
    target = Table(location) if location else None
    return Output(target, columns, relation.rows, Mode.CREATE if target else Mode.RESULT)


def _loaded(node: Expr, files: list[Expr], outer: Scope) -> Output:
    """Which column of a file goes where is not known: all of it goes into each."""
    table, names = into(node)
    stored = target_of(outer, table)
    source = Table(_location(files[0])) if files else None
    value, rows = EMPTY, EMPTY
    if source is not None and source.name:
        outer.binding.told.reads.setdefault(source)
        value, rows = of_source(source.source(ANY_COLUMN)), of_source(source.source())
    if names:
        spelled = [target_name(outer, stored, name) for name in names]
    elif stored.columns is not None:
        spelled = [name for name, _ in stored.columns.values()]
    else:
        spelled = [ANY_COLUMN]
    columns = [Column(name, outer.binding.rules.stored(name), value) for name in spelled]
    return Output(stored.table, columns, rows, Mode.APPEND)

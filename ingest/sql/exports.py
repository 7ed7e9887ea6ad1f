"""COPY, EXPORT and UNLOAD: a query or table written to a location; COPY from one, too."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import Dialect, exp
from sqlglot.expressions import Expr
from sqlglot.tokenizer_core import Token, TokenType

from ingest.sql.lineage import ANY_COLUMN, Table
from ingest.sql.loads import Named, loaded, selected
from ingest.sql.outputs import Mode, Output
from ingest.sql.queries import bind_query
from ingest.sql.relation import Column, all_columns, unknown
from ingest.sql.rewriting.tokens import closing
from ingest.sql.scope import Scope
from ingest.sql.tree import child, listed
from ingest.sql.writes import into


def bind_copy(node: Expr, outer: Scope) -> list[Output]:
    """COPY, in whichever direction the dialect writes it: a location is a dataset, too."""
    source, files = node.this, listed(node, "files")
    if _is_location(source) and files:  # COPY INTO location FROM query
        return [_written(files[0], _location(source), outer)]
    if files and isinstance(files[0], exp.Query):
        return [selected(node, outer, files[0])]
    if node.args.get("kind"):
        locations = [_location(file) for file in files]
        return [loaded(node, outer, locations, _naming(node, outer))]
    return [_written(source, _location(files[0]) if files else "", outer)]


def _naming(node: Expr, outer: Scope) -> Named | None:
    """Snowflake's files have numbered columns, which go by their place or by their names."""
    if not outer.binding.rules.numbered_columns:
        return None
    by_name = any(
        one.name.upper() == "MATCH_BY_COLUMN_NAME" and one.expression.name.upper() != "NONE"
        for one in listed(node, "params")
    )
    return (lambda _place, name: name) if by_name else (lambda place, _name: f"${place}")


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
    plain = _unloaded_query(inner, tokens[1], dialect)
    if plain is not None:
        return plain
    strings = [token for token in inner if token.token_type == TokenType.STRING]
    if len(inner) < len(("(", "query")) or not strings or inner[1] is not strings[0]:
        return None
    query = dialect.parse(strings[0].text)[0]
    if not isinstance(query, exp.Query):
        return None
    _moved(query, tokens[1].start + strings[0].start + 1)
    files = [exp.Literal.string(token.text) for token in strings[1:2]]
    return exp.Copy(this=query, kind=False, files=files)


def _unloaded_query(inner: Sequence[Token], text: Token, dialect: Dialect) -> Expr | None:
    """`UNLOAD (query) TO 'location'`, where the query is no string."""
    end = closing(inner, 0)
    if len(inner) <= end + 2 or inner[1].text.upper() not in {"SELECT", "WITH"}:
        return None
    query = dialect.parse(text.text[inner[1].start : inner[end].start])[0]
    if query is None:
        return None
    _moved(query, text.start + inner[1].start)
    return exp.Copy(this=query, kind=False, files=[exp.Literal.string(inner[end + 2].text)])


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
    """What stands behind STDIN, STDOUT or PROGRAM is no place of data."""
    name: str = node.this.name if isinstance(node, exp.Table) else node.name
    return "" if not node.find(exp.Literal) and name.upper() in _STREAMS else name


_STREAMS = frozenset({"STDIN", "STDOUT", "PROGRAM"})


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

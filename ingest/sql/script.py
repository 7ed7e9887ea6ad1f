"""A text of one or more statements: split, parsed and bound one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlglot import Dialect
from sqlglot.errors import ErrorLevel, ParseError, TokenError
from sqlglot.expressions import Expr
from sqlglot.tokenizer_core import Token, TokenType

from ingest.sql.errors import Code, Problem, Span
from ingest.sql.queries import bind_query
from ingest.sql.relation import Relation
from ingest.sql.schema import Schema
from ingest.sql.scope import Scope
from ingest.sql.statements import Bound, begin, is_query, output_of


@dataclass(slots=True, eq=False)
class Script:
    """The bound statements of a text, and what could not be parsed."""

    text: str
    tokens: Sequence[Token]
    statements: list[Bound] = field(default_factory=list[Bound])
    problems: list[Problem] = field(default_factory=list[Problem])


def bind_script(text: str, schema: Schema) -> Script:
    """Bind a text against a schema; what is wrong is told in the result."""
    dialect = Dialect.get_or_raise(schema.rules.dialect)
    try:
        tokens = dialect.tokenize(text)
    except TokenError as error:
        return Script(text, [], problems=[_syntax(str(error), Span(0, len(text)))])
    script = Script(text, tokens)
    named: dict[tuple[str, ...], Relation] = {}
    for chunk in _split(tokens):
        node = _parse(script, dialect, chunk)
        if node is not None:
            scope = begin(schema, named, text)
            _bind(script, node, scope)
    return script


def _split(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    first = 0
    for place, token in enumerate(tokens):
        if token.token_type == TokenType.SEMICOLON:
            if place > first:
                yield tokens[first:place]
            first = place + 1
    if first < len(tokens):
        yield tokens[first:]


def _parse(script: Script, dialect: Dialect, chunk: Sequence[Token]) -> Expr | None:
    parser = dialect.parser(error_level=ErrorLevel.IMMEDIATE)
    try:
        nodes = parser.parse(list(chunk), script.text)
    except ParseError as error:
        script.problems.append(_syntax_at(error, chunk))
        return None
    return nodes[0] if nodes else None


def _syntax_at(error: ParseError, chunk: Sequence[Token]) -> Problem:
    details = error.errors[0] if error.errors else {}
    place = (details.get("line"), details.get("col"))
    token = next((one for one in chunk if (one.line, one.col) == place), chunk[0])
    message = str(details.get("description") or error)
    return _syntax(message, Span(token.start, token.end + 1))


def _syntax(message: str, span: Span) -> Problem:
    return Problem(span, Code.SYNTAX, message)


def _bind(script: Script, node: Expr, scope: Scope) -> None:
    binding = scope.binding
    outputs = []
    if is_query(node):
        outputs = [output_of(bind_query(node, scope))]
    script.statements.append(
        Bound(node, outputs, list(binding.reads), binding.problems, binding.references)
    )

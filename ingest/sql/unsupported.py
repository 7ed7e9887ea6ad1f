"""What is not read for lineage, said so that a person knows what it is."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp
from sqlglot.expressions import Expr
from sqlglot.tokenizer_core import Token, TokenType

from ingest.sql.errors import Code, Problem, Span

_TEMPLATES = ("{{", "{%", "{#")
_DYNAMIC = frozenset({"EXECUTE", "EXEC", "PREPARE"})
_BLOCKS = frozenset({"BEGIN", "DECLARE", "DO", "IF", "WHILE", "FOR", "LOOP", "CASE", "REPEAT"})
_CALLS = frozenset({"CALL"})
_WITHIN_BLOCKS = frozenset(
    {"LET", "RETURN", "END", "ELSE", "ELSEIF", "ELSIF", "EXCEPTION", "RAISE", "SIGNAL"}
)
_HARMLESS = frozenset(
    {"BEGIN", "END", "GO", "PRINT", "REFRESH", "VACUUM", "OPTIMIZE", "REINDEX", "CHECKPOINT"}
)
_HEAD = "Statements of a procedure are read; when it runs them, and with what, is not."
_INSERTED_BY_CALL = "What a procedure or dynamic SQL gives is inserted: it is not in the text."
NO_PLAIN_BODY = "A procedure, or a function that is more than one SQL expression, is not read."


def templating(tokens: Sequence[Token], text: str) -> Problem | None:
    """A template that was not rendered: no SQL has two such brackets side by side."""
    if not any(opening in text for opening in _TEMPLATES):
        return None
    for token in tokens:
        opening = text[token.start : token.start + 2]
        if token.token_type != TokenType.STRING and opening in _TEMPLATES:
            message = f"A template was not rendered: {opening} … is not SQL. Compile it first."
            return Problem(Span(token.start, token.end + 1), Code.UNSUPPORTED, message)
    return None


def procedural(tokens: Sequence[Token]) -> Problem | None:
    """A piece of a procedural block, told by its first word."""
    word = tokens[0].text.upper()
    if word in {"CREATE", "ALTER"} and tokens[-1].text.upper() == "BEGIN":
        return Problem(Span(tokens[0].start, tokens[-1].end + 1), Code.UNSUPPORTED, _HEAD)
    if word == "INSERT" and {"EXEC", "EXECUTE"} & {token.text.upper() for token in tokens}:
        span = Span(tokens[0].start, tokens[-1].end + 1)
        return Problem(span, Code.UNSUPPORTED, _INSERTED_BY_CALL)
    if word not in _BLOCKS | _WITHIN_BLOCKS:
        return None
    message = f"A procedural block ({word} …) is not read for lineage."
    return Problem(Span(tokens[0].start, tokens[-1].end + 1), Code.UNSUPPORTED, message)


def is_harmless(node: Expr) -> bool:
    """Whether nothing flows: the ends of a block, whose statements are read, and housekeeping."""
    word = str(node.this) if isinstance(node, exp.Command) else node.name
    unset = isinstance(node, exp.Alias) and node.this.name.upper() == "UNSET"
    return unset or (isinstance(node, (exp.Command, exp.Column)) and word.upper() in _HARMLESS)


def reason(node: Expr) -> str:
    """Why a statement has no lineage."""
    if isinstance(node, (exp.ExecuteSql, exp.Execute)):
        return "Dynamic SQL or a stored procedure is run here: what it does is not in the text."
    if not isinstance(node, exp.Command):
        return f"{node.key.upper()} is not read for lineage."
    word = str(node.this).upper()
    if word in {"CREATE", "ALTER"}:
        word = " ".join([word, *_kind(str(node.expression))])
    if word in _DYNAMIC:
        return f"Dynamic SQL is run here ({word}): the statement is not in the text."
    if word in _BLOCKS:
        return f"A procedural block ({word} …) is not read for lineage."
    if word in _CALLS:
        return "A procedure is called here: what it does is not in the text."
    return f"{word} is not read for lineage."


def _kind(rest: str) -> list[str]:
    """The words that say what is created: those before a name."""
    words = [word for word in rest.upper().split()[:4] if word not in {"OR", "REPLACE"}]
    return words[:1]

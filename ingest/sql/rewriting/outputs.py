"""T-SQL's `OUTPUT … INTO t (columns)`: the target, of which the parser knows but a single name."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp
from sqlglot.expressions import Expr
from sqlglot.tokenizer_core import Token, TokenType

from ingest.sql.rewriting.tokens import closing, end_of_name, name_of, outermost, table_of, words


def without_target(
    tokens: Sequence[Token], said: frozenset[str]
) -> tuple[Sequence[Token], Expr | None]:
    """The statement without it, and the target; None if there is none."""
    if "OUTPUT" not in said:
        return tokens, None
    tokens = _at_the_end(tokens)
    told = words(tokens)
    if told[0] not in {"INSERT", "UPDATE", "DELETE", "MERGE", "WITH"} or "OUTPUT" not in told:
        return tokens, None
    first = told.index("OUTPUT")
    place = next((at for at in outermost(tokens) if at > first and told[at] == "INTO"), None)
    if place is None or place + 1 == len(tokens):
        return tokens, None
    if tokens[place + 1].token_type is TokenType.PARAMETER:  # a variable from outside
        end = place + len(("INTO", "@", "name"))
        return [*tokens[:place], *tokens[_behind_list(tokens, end) :]], None
    end = end_of_name(tokens, place + 1)
    last = _behind_list(tokens, end)
    columns = [name_of(token) for token in tokens[end + 1 : last - 1 : 2]]
    table = table_of(tokens[place + 1 : end])
    target = exp.Schema(this=table, expressions=columns) if columns else table
    return [*tokens[:place], *tokens[last:]], target


def _behind_list(tokens: Sequence[Token], place: int) -> int:
    """Where a list of columns that may stand there ends."""
    opens = place < len(tokens) and tokens[place].token_type is TokenType.L_PAREN
    return closing(tokens, place) + 1 if opens else place


def _at_the_end(tokens: Sequence[Token]) -> Sequence[Token]:
    """In a DELETE the parser takes OUTPUT for an alias of the target: it is put behind the rest."""
    told = words(tokens)
    if told[0] != "DELETE" or "OUTPUT" not in told:
        return tokens
    first = told.index("OUTPUT")
    behind = [at for at in outermost(tokens) if at > first and told[at] in {"FROM", "WHERE"}]
    last = behind[0] if behind else len(tokens)
    return [*tokens[:first], *tokens[last:], *tokens[first:last]]

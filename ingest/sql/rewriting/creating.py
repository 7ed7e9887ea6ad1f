"""CREATE, and what is told to be run later, in words that the parser knows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot.tokenizer_core import Token, TokenType

from ingest.sql.rewriting.tokens import Rewrite, made, outermost, words


def _in_brackets(tokens: list[Token]) -> list[Token]:
    """A PIVOT or UNPIVOT statement that is written to a table is known as a query only so."""
    for place, token in enumerate(tokens):
        kind = token.token_type
        if kind in {TokenType.SELECT, TokenType.WITH, TokenType.L_PAREN}:
            return tokens
        if kind in {TokenType.PIVOT, TokenType.UNPIVOT}:
            last = tokens[-1]
            opening, closing = (
                made(TokenType.L_PAREN, "(", token),
                made(TokenType.R_PAREN, ")", last),
            )
            return [*tokens[:place], opening, *tokens[place:], closing]
    return tokens


def _without_data(tokens: list[Token]) -> list[Token]:
    """`CREATE … AS query WITH [NO] DATA`: the table has the lineage of the query either way."""
    for ending in (["WITH", "NO", "DATA"], ["WITH", "DATA"]):
        if words(tokens[-len(ending) :]) == ending:
            return tokens[: -len(ending)]
    return tokens


def without_options(tokens: Sequence[Token]) -> list[Token]:
    """`CREATE MATERIALIZED VIEW v … AS query`: how it is kept and refreshed is left out."""
    tokens = list(tokens)
    told = words(tokens)
    if "VIEW" not in told[:5] or "MATERIALIZED" not in told[:4]:
        return tokens
    name = told.index("VIEW") + 1
    if told[name : name + 3] == ["IF", "NOT", "EXISTS"]:
        name += 3
    while name + 2 < len(told) and told[name + 1] == ".":
        name += 2
    body = next(
        (
            place
            for place in range(name + 1, len(told) - 1)
            if told[place] == "AS" and told[place + 1] in {"SELECT", "WITH", "("}
        ),
        None,
    )
    plain = body is None or any(word in {"(", "TO"} for word in told[name + 1 : name + 2])
    return tokens if plain else [*tokens[: name + 1], *tokens[body:]]


def _cloned(tokens: list[Token]) -> list[Token]:
    """`CREATE SNAPSHOT TABLE … CLONE`, `DEEP CLONE` and `SHALLOW CLONE` are clones."""
    told = words(tokens)
    if "CLONE" not in told:
        return tokens
    place = told.index("CLONE")
    kinds = {place - 1} if told[place - 1] in {"DEEP", "SHALLOW"} else set[int]()
    kinds |= {1} if told[1] == "SNAPSHOT" else set[int]()
    return [token for at, token in enumerate(tokens) if at not in kinds]


def _run(tokens: list[Token]) -> list[Token]:
    """What CREATE TASK, PIPE or EVENT is to run is read as if it were run; so is an alert's."""
    told = words(tokens)
    kind = told[3:4] if told[1:3] == ["OR", "REPLACE"] else told[1:2]
    opening = _RUNNING.get(kind[0]) if kind else None
    if opening is None:
        return tokens
    body = next((at for at in outermost(tokens)[2:] if told[at] == opening), len(told)) + 1
    is_read = told[body : body + 1] and told[body] not in {"CALL", "EXECUTE"}
    return tokens[body:] if is_read else tokens


_RUNNING = {"TASK": "AS", "PIPE": "AS", "EVENT": "DO", "ALERT": "THEN"}
"""Kinds of what runs a statement, and the word before it."""


def _without_check(tokens: list[Token]) -> list[Token]:
    """`CREATE VIEW … WITH CHECK OPTION`, `WITH READ ONLY`: what may be written through it."""
    for ending in (["CHECK", "OPTION"], ["READ", "ONLY"]):
        if words(tokens[-2:]) == ending:
            last = len(tokens) - 3
            while words(tokens[last : last + 1]) != ["WITH"] and last > len(tokens) - 5:
                last -= 1
            return tokens[:last]
    return tokens


def _live(tokens: list[Token]) -> list[Token]:
    """`CREATE LIVE TABLE`, `CREATE STREAMING LIVE TABLE`: LIVE says where, not what."""
    told = words(tokens)
    at = told.index("LIVE") if "LIVE" in told[:6] else -1
    return [*tokens[:at], *tokens[at + 1 :]] if at > 0 and told[at + 1] in _MADE else tokens


_MADE = frozenset({"TABLE", "VIEW"})


REWRITES: dict[str, tuple[Rewrite, ...]] = {
    "CREATE": (_run, _in_brackets, _without_data, _without_check, _cloned, _live),
    "INSERT": (_in_brackets,),
}

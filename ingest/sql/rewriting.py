"""Statements that the parser does not know, put in words that it knows, token by token."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlglot.tokenizer_core import Token, TokenType

Rewrite = Callable[[list[Token]], list[Token]]


def rewritten(tokens: Sequence[Token]) -> list[Token]:
    """Give a statement as the parser knows it; most are given as they are."""
    found = list(tokens)
    for rewrite in _REWRITES.get(found[0].text.upper(), ()):
        found = rewrite(found)
    return found


def _words(tokens: Sequence[Token]) -> list[str]:
    return [token.text.upper() for token in tokens]


def _in_brackets(tokens: list[Token]) -> list[Token]:
    """A PIVOT or UNPIVOT statement that is written to a table is known as a query only so."""
    for place, token in enumerate(tokens):
        kind = token.token_type
        if kind in {TokenType.SELECT, TokenType.WITH, TokenType.L_PAREN}:
            return tokens
        if kind in {TokenType.PIVOT, TokenType.UNPIVOT}:
            last = tokens[-1]
            opening, closing = (
                _made(TokenType.L_PAREN, "(", token),
                _made(TokenType.R_PAREN, ")", last),
            )
            return [*tokens[:place], opening, *tokens[place:], closing]
    return tokens


def _made(kind: TokenType, text: str, beside: Token) -> Token:
    return Token(kind, text, beside.line, beside.col, beside.start, beside.end)


def _without_data(tokens: list[Token]) -> list[Token]:
    """`CREATE … AS query WITH [NO] DATA`: the table has the lineage of the query either way."""
    for ending in (["WITH", "NO", "DATA"], ["WITH", "DATA"]):
        if _words(tokens[-len(ending) :]) == ending:
            return tokens[: -len(ending)]
    return tokens


def without_options(tokens: Sequence[Token]) -> list[Token]:
    """`CREATE MATERIALIZED VIEW v … AS query`: how it is kept and refreshed is left out."""
    tokens = list(tokens)
    words = _words(tokens)
    if "VIEW" not in words[:5] or "MATERIALIZED" not in words[:4]:
        return tokens
    name = words.index("VIEW") + 1
    if words[name : name + 3] == ["IF", "NOT", "EXISTS"]:
        name += 3
    while name + 2 < len(words) and words[name + 1] == ".":
        name += 2
    body = next(
        (
            place
            for place in range(name + 1, len(words) - 1)
            if words[place] == "AS" and words[place + 1] in {"SELECT", "WITH", "("}
        ),
        None,
    )
    plain = body is None or any(word in {"(", "TO"} for word in words[name + 1 : name + 2])
    return tokens if plain else [*tokens[: name + 1], *tokens[body:]]


def _cloned(tokens: list[Token]) -> list[Token]:
    """`CREATE SNAPSHOT TABLE … CLONE`, `DEEP CLONE` and `SHALLOW CLONE` are clones."""
    words = _words(tokens)
    if "CLONE" not in words:
        return tokens
    place = words.index("CLONE")
    kinds = {place - 1} if words[place - 1] in {"DEEP", "SHALLOW"} else set[int]()
    kinds |= {1} if words[1] == "SNAPSHOT" else set[int]()
    return [token for at, token in enumerate(tokens) if at not in kinds]


def _as_insert(tokens: list[Token]) -> list[Token]:
    """REPLACE INTO is an INSERT that takes away what was there."""
    if len(tokens) < len(("REPLACE", "INTO")) or tokens[1].token_type is not TokenType.INTO:
        return tokens
    return [_made(TokenType.INSERT, "INSERT", tokens[0]), *tokens[1:]]


def _without_evolution(tokens: list[Token]) -> list[Token]:
    """`MERGE WITH SCHEMA EVOLUTION INTO`: what it may do to the target's columns is left out."""
    option = ["WITH", "SCHEMA", "EVOLUTION"]
    return [tokens[0], *tokens[4:]] if _words(tokens[1:4]) == option else tokens


def _assignments(tokens: list[Token]) -> list[Token]:
    """`SET a += b` is `SET a = a + b`."""
    found: list[Token] = []
    for place, token in enumerate(tokens):
        if token.token_type is TokenType.EQ and place and _joined(tokens[place - 1], token):
            operator = found.pop()
            found += [token, *_name_before(found), operator]
        else:
            found.append(token)
    return found


def _joined(operator: Token, equals: Token) -> bool:
    return operator.text in set("+-*/%&|^") and operator.end + 1 == equals.start


def _name_before(tokens: list[Token]) -> list[Token]:
    """The dotted name that a list of tokens ends with."""
    first = len(tokens) - 1
    while first >= len((".", "name")) and tokens[first - 1].token_type is TokenType.DOT:
        first -= 2
    return tokens[first:]


_REWRITES: dict[str, tuple[Rewrite, ...]] = {
    "CREATE": (_in_brackets, _without_data, _cloned),
    "INSERT": (_in_brackets,),
    "REPLACE": (_as_insert,),
    "MERGE": (_without_evolution, _assignments),
    "UPDATE": (_assignments,),
}

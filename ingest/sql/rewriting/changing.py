"""UPDATE, MERGE, ALTER and what else changes tables, in words that the parser knows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot.tokenizer_core import Token, TokenType

from ingest.sql.rewriting.tokens import Rewrite, closing, end_of_name, outermost, words, written


def _as_insert(tokens: list[Token]) -> list[Token]:
    """REPLACE INTO is an INSERT that takes away what was there."""
    if len(tokens) < len(("REPLACE", "INTO")) or tokens[1].token_type is not TokenType.INTO:
        return tokens
    return [*written("INSERT", tokens[0]), *tokens[1:]]


def _without_evolution(tokens: list[Token]) -> list[Token]:
    """`MERGE WITH SCHEMA EVOLUTION INTO`: what it may do to the target's columns is left out."""
    return [tokens[0], *tokens[4:]] if evolves(tokens) else tokens


def evolves(tokens: Sequence[Token]) -> bool:
    """Whether a MERGE may add columns to its target."""
    return words(tokens[1:4]) == ["WITH", "SCHEMA", "EVOLUTION"]


def _deleting(tokens: list[Token]) -> list[Token]:
    """`UPDATE SET … [WHERE x] DELETE WHERE y` is a branch that updates and one that deletes."""
    told, outside = words(tokens), outermost(tokens)
    for place in outside:
        if told[place : place + 2] == ["DELETE", "WHERE"] and told[place - 1] != "THEN":
            branch = written("WHEN MATCHED AND", tokens[place])
            ends = [at for at in outside if at > place and told[at] in {"WHEN", "LOG"}]
            end = ends[0] if ends else len(tokens)
            then = written("THEN DELETE", tokens[place])
            test = tokens[place + 2 : end]
            return [*tokens[:place], *branch, *test, *then, *_deleting(tokens[end:])]
    return tokens


def _replacing(tokens: list[Token]) -> list[Token]:
    """`MERGE … REMOVE DUPLICATES`: a row of the source takes the place of those it matches."""
    if words(tokens[-2:]) != ["REMOVE", "DUPLICATES"]:
        return tokens
    last = tokens[-1]
    update = written("WHEN MATCHED THEN UPDATE", last)
    insert = [*written("WHEN", last), *_not(last), *written("MATCHED THEN INSERT *", last)]
    return [*tokens[:-2], *update, *_set(last), *written("*", last), *insert]


def _not(beside: Token) -> list[Token]:
    return [Token(TokenType.NOT, "NOT", beside.line, beside.col, beside.start, beside.end)]


def _set(beside: Token) -> list[Token]:
    return [Token(TokenType.SET, "SET", beside.line, beside.col, beside.start, beside.end)]


def _assignments(tokens: list[Token]) -> list[Token]:
    """`SET a += b` is `SET a = t.a + b`: the target's column, whatever else has one."""
    found: list[Token] = []
    target = _target(tokens)
    for place, token in enumerate(tokens):
        if token.token_type is TokenType.EQ and place and _joined(tokens[place - 1], token):
            operator = found.pop()
            name = _name_before(found)
            qualifier = target if target and len(name) == 1 else []
            found += [token, *qualifier, *name, operator]
        else:
            found.append(token)
    return found


def _target(tokens: list[Token]) -> list[Token]:
    """What the target is called, with a dot behind it; nothing, where that is not plain to see."""
    told = words(tokens)
    first = 2 if told[1] == "INTO" else 1
    if tokens[first].token_type not in {TokenType.VAR, TokenType.IDENTIFIER}:
        return []
    end = end_of_name(tokens, first)
    hinted = told[end : end + 2] == ["WITH", "("]
    behind = closing(tokens, end + 1) + 1 if hinted else end
    behind += told[behind : behind + 1] == ["AS"]
    known = behind >= len(told) or told[behind] in {"SET", "USING"}
    name = tokens[first:end] if known else [tokens[behind]]
    dot = Token(TokenType.DOT, ".", 0, 0, tokens[first].start, tokens[first].end)
    return [*name, dot]


def _joined(operator: Token, equals: Token) -> bool:
    return operator.text in set("+-*/%&|^") and operator.end + 1 == equals.start


def _name_before(tokens: list[Token]) -> list[Token]:
    """The dotted name that a list of tokens ends with."""
    first = len(tokens) - 1
    while first >= len((".", "name")) and tokens[first - 1].token_type is TokenType.DOT:
        first -= 2
    return tokens[first:]


def _without_error_log(tokens: list[Token]) -> list[Token]:
    """`LOG ERRORS INTO t REJECT LIMIT n`: where rows go that are refused."""
    told = words(tokens)
    found = [at for at in outermost(tokens) if told[at : at + 2] == ["LOG", "ERRORS"]]
    return tokens[: found[-1]] if found else tokens


def _altered(tokens: list[Token]) -> list[Token]:
    """ALTER TABLE that moves rows is the write that it is; that of a view makes it anew."""
    told = words(tokens)
    if told[1:2] == ["VIEW"]:
        after = end_of_name(tokens, 2)
        queries = [at for at in outermost(tokens) if at > after and told[at - 1] == "AS"]
        makes = bool(queries) or told[after : after + 1] == ["AS"]
        return [*written("CREATE", tokens[0]), *tokens[1:]] if makes else tokens
    if told[1:2] != ["TABLE"]:
        return tokens
    end = end_of_name(tokens, 2)
    name, rest = tokens[2:end], tokens[end:]
    if told[end : end + 2] == ["ON", "CLUSTER"]:
        rest = tokens[end + 3 :]
    return _moving(tokens[0], name, rest) or tokens


def _moving(first: Token, name: list[Token], rest: list[Token]) -> list[Token] | None:
    told = words(rest)
    if told[:1] == ["UPDATE"]:
        return [*written("UPDATE", first), *name, *_set(first), *rest[1:]]
    if told[:2] == ["DELETE", "WHERE"]:
        return [*written("DELETE FROM", first), *name, *rest[1:]]
    moved = written("INSERT INTO", first)
    taking = told[:1] == ["APPEND"] or told[:2] in (
        ["ATTACH", "PARTITION"],
        ["REPLACE", "PARTITION"],
    )
    if taking and "FROM" in told:
        at = told.index("FROM") + 1
        source = rest[at : end_of_name(rest, at)]
        return [*moved, *name, *written("SELECT * FROM", first), *source]
    if told[:1] == ["SWITCH"] and "TO" in told:
        at = told.index("TO") + 1
        target = rest[at : end_of_name(rest, at)]
        return [*moved, *target, *written("SELECT * FROM", first), *name]
    return None


def _to_directory(tokens: list[Token]) -> list[Token]:
    """`INSERT OVERWRITE DIRECTORY 'd' USING format OPTIONS (…)`: how it is written is left out."""
    told = words(tokens)
    if "DIRECTORY" not in told[:4]:
        return tokens
    place = told.index("DIRECTORY") + len(("DIRECTORY", "path"))
    if told[place : place + 1] != ["USING"]:
        return tokens
    query = next((at for at in range(place, len(told)) if told[at] in {"SELECT", "WITH"}), place)
    return [*tokens[:place], *tokens[query:]]


REWRITES: dict[str, tuple[Rewrite, ...]] = {
    "INSERT": (_to_directory, _without_error_log),
    "REPLACE": (_as_insert,),
    "MERGE": (_without_evolution, _assignments, _deleting, _replacing, _without_error_log),
    "UPDATE": (_assignments, _without_error_log),
    "DELETE": (_without_error_log,),
    "ALTER": (_altered,),
}

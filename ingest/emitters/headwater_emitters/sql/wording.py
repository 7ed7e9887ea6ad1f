"""A statement's text as it is sent, and what tells two statements apart.

No bound value is in a text to begin with. Beyond that, values in VALUES lists are data, and what
looks like a password is nobody's business: both are masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from headwater_emitters.sql.tokens import Kind, Token

LONGEST = 200_000
"""Characters of a text that is sent."""


@dataclass(frozen=True, slots=True)
class Wording:
    """`text` is sent; statements of the same `shape` differ in literals and numbers of values."""

    text: str
    shape: str


def wording(sql: str, tokens: Sequence[Token], binds: str) -> Wording:
    """Word a statement: bind parameters in the standard way, one row of VALUES for many."""
    kept = list(_without_repetition(tokens))
    return Wording(_text(sql, kept, doubled=binds in {"format", "pyformat"}), _shape(kept))


@dataclass(frozen=True, slots=True)
class _Kept:
    """A token that stays; `data`: one of a row of values. `after`: where the text goes on."""

    token: Token
    data: bool = False
    cut_to: int | None = None


def _without_repetition(tokens: Sequence[Token]) -> Iterator[_Kept]:
    """Keep of the rows of VALUES the first, and of a list of bind parameters the first."""
    at = 0
    while at < len(tokens):
        word = tokens[at].upper
        yield _Kept(tokens[at])
        at += 1
        if word not in {"VALUES", "IN"} or not _opens(tokens, at):
            continue
        end = _closing(tokens, at)
        if word == "VALUES":
            if any(token.upper == "SELECT" for token in tokens[at:end]):
                continue
            last = _last_row(tokens, end)
            yield from (_Kept(token, data=True) for token in tokens[at:end])
            yield _Kept(tokens[end], cut_to=tokens[last].end)
            at = last + 1
        elif all(_bound(token) for token in tokens[at + 1 : end]) and end > at + 1:
            yield _Kept(tokens[at])
            yield _Kept(tokens[at + 1], cut_to=tokens[end - 1].end)
            at = end


def _opens(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].is_sign("(")


def _bound(token: Token) -> bool:
    return token.kind is Kind.BIND or token.is_sign(",")


def _closing(tokens: Sequence[Token], at: int) -> int:
    depth = 0
    for here in range(at, len(tokens)):
        depth += tokens[here].is_sign("(") - tokens[here].is_sign(")")
        if depth == 0:
            return here
    return len(tokens) - 1


def _last_row(tokens: Sequence[Token], end: int) -> int:
    while end + 1 < len(tokens) and tokens[end + 1].is_sign(",") and _opens(tokens, end + 2):
        end = _closing(tokens, end + 2)
    return end


def _text(sql: str, kept: Sequence[_Kept], *, doubled: bool) -> str:
    pieces: list[str] = []
    at = 0
    secret = 0
    for one in kept:
        token = one.token
        pieces.append(_plain(sql[at : token.start], doubled=doubled))
        if _SECRET.search(token.upper):
            secret = _REACH
        pieces.append(_written(sql, one, secret=secret > 0, doubled=doubled))
        secret -= 1
        at = token.end if one.cut_to is None else one.cut_to
    pieces.append(_plain(sql[at:], doubled=doubled))
    return "".join(pieces).strip()


def _written(sql: str, one: _Kept, *, secret: bool, doubled: bool) -> str:
    token = one.token
    match token.kind:
        case Kind.BIND:
            return f":{token.text}" if token.text.isidentifier() else "?"
        case Kind.TEXT if secret:
            return "'***'"
        case Kind.TEXT | Kind.NUMBER if one.data:
            return "?"
        case Kind.TEXT:
            return _plain(_mask(sql[token.start : token.end]), doubled=doubled)
        case _:
            return _plain(sql[token.start : token.end], doubled=doubled)


def _plain(text: str, *, doubled: bool) -> str:
    return text.replace("%%", "%") if doubled else text


_REACH = 4
"""Tokens after a word that announces a secret: `IDENTIFIED BY '…'`, `password => '…'`."""
_SECRET = re.compile(r"PASSW|PWD|IDENTIFIED|SECRET|CREDENTIAL|TOKEN|API_?KEY|ACCESS_KEY|PASSPHRASE")
_INSIDE = re.compile(
    r"(?i)\b([\w-]*(?:passw|pwd|secret|token|api_?key|access_?key|credential)[\w-]*\s*[=:]\s*)[^\s;&,'\"]+"
)
_USER_INFO = re.compile(r"(?<=://)[^\s/@']+@")


def _mask(text: str) -> str:
    return _USER_INFO.sub("***@", _INSIDE.sub(r"\1***", text))


def _shape(kept: Sequence[_Kept]) -> str:
    words: list[str] = []
    for one in kept:
        token = one.token
        if token.kind in {Kind.BIND, Kind.TEXT, Kind.NUMBER}:
            if words[-2:] != ["?", ","]:  # lists of values are alike, whatever their length
                words.append("?")
            else:
                words.pop()
        else:
            words.append(token.text if token.kind is Kind.NAME else token.text.upper())
    return " ".join(words)

"""SQL as tokens, by the quoting and the bind parameters of its dialect."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache


class Kind(enum.Enum):
    """What a token is. Comments and white space are none."""

    WORD = enum.auto()
    NAME = enum.auto()
    """A name in quotes."""
    TEXT = enum.auto()
    NUMBER = enum.auto()
    BIND = enum.auto()
    SIGN = enum.auto()


@dataclass(frozen=True, slots=True)
class Token:
    """`text` of a name is without its quotes; of a bind parameter its name, or nothing."""

    kind: Kind
    text: str
    start: int
    end: int

    @property
    def upper(self) -> str:
        """The keyword that this may be; nothing if it is no word."""
        return self.text.upper() if self.kind is Kind.WORD else ""

    def is_sign(self, sign: str) -> bool:
        """Tell whether this is such a sign."""
        return self.kind is Kind.SIGN and self.text == sign


@dataclass(frozen=True, slots=True)
class Lexis:
    """How a dialect and its driver write.

    `quotes`: the opening signs of quoted names. `binds`: the driver's `paramstyle`.
    """

    quotes: str = '"'
    binds: str = "named"
    backslashes: bool = False
    dollars: bool = False
    hashes: bool = False


_CLOSING = {'"': '"', "`": "`", "[": "]"}
_NAME = {
    '"': r'"(?:[^"]|"")*"',
    "`": r"`(?:[^`]|``)*`",
    "[": r"\[(?:[^\]]|\]\])*\]",
}
_BIND = {
    "pyformat": r"%\((?P<pyformat>[^)]*)\)s|%s",
    "format": r"%\((?P<pyformat>[^)]*)\)s|%s",
    "qmark": r"\?",
    "named": r":(?P<named>[^\W\d]\w*)",
    "numeric": r":\d+",
    "numeric_dollar": r"\$\d+",
}


def tokenize(sql: str, lexis: Lexis) -> Iterator[Token]:
    """Give the tokens; total over any text: what is not known is a sign."""
    pattern = _pattern(lexis)
    at = 0
    while (found := pattern.search(sql, at)) is not None:
        at = found.end()
        kind = found.lastgroup
        match kind:
            case "comment":
                at = _end_of_comment(sql, found.start())
            case "line":
                pass
            case "dollar":
                end = sql.find(found[0], at)
                at = len(sql) if end < 0 else end + len(found[0])
                yield Token(Kind.TEXT, sql[found.start() : at], found.start(), at)
            case "name":
                close = _CLOSING[found[0][0]]
                text = found[0][1:-1].replace(close * 2, close)
                yield Token(Kind.NAME, text, found.start(), at)
            case "bind":
                groups = found.groupdict()
                text = groups.get("pyformat") or groups.get("named") or ""
                yield Token(Kind.BIND, text, found.start(), at)
            case _:
                yield Token(_KINDS[kind or "sign"], found[0], found.start(), at)


_KINDS = {
    "word": Kind.WORD,
    "text": Kind.TEXT,
    "number": Kind.NUMBER,
    "cast": Kind.SIGN,
    "percent": Kind.SIGN,
    "sign": Kind.SIGN,
}


@lru_cache(maxsize=64)
def _pattern(lexis: Lexis) -> re.Pattern[str]:
    escaped = r"\\.|" if lexis.backslashes else ""
    texts = [rf"[bnrxBNRX]?'(?:{escaped}[^']|'')*'", r"[eE]'(?:\\.|[^']|'')*'"]
    if '"' not in lexis.quotes:
        texts.append(rf'"(?:{escaped}[^"]|"")*"')
    lines = r"--[^\n]*|\#[^\n]*" if lexis.hashes else r"--[^\n]*"
    parts = [
        r"(?P<comment>/\*)",
        rf"(?P<line>{lines})",
        rf"(?P<text>{'|'.join(texts)})",
        r"(?P<dollar>\$(?:[^\W\d]\w*)?\$)" if lexis.dollars else "",
        rf"(?P<name>{'|'.join(_NAME[quote] for quote in lexis.quotes)})",
        r"(?P<cast>::)",
        r"(?P<percent>%%)" if lexis.binds in {"format", "pyformat"} else "",
        rf"(?P<bind>{_BIND.get(lexis.binds, _BIND['named'])})",
        r"(?P<number>\d[\w.]*|\.\d\w*)",
        r"(?P<word>[^\W\d][\w$#@]*|[@#]+[^\W\d][\w$#@]*)",
        r"(?P<sign>\S)",
    ]
    return re.compile("|".join(part for part in parts if part), re.DOTALL)


_COMMENT = re.compile(r"/\*|\*/")


def _end_of_comment(sql: str, start: int) -> int:
    """Comments nest in some dialects; where they do not, an opening inside one is rare."""
    depth = 0
    for found in _COMMENT.finditer(sql, start):
        depth += 1 if found[0] == "/*" else -1
        if depth == 0:
            return found.end()
    first = sql.find("*/", start)
    return len(sql) if first < 0 else first + 2

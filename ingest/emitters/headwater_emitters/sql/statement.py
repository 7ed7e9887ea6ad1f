"""Which tables a statement reads and writes, from its tokens alone.

Tables stand where a table can stand: after FROM, JOIN, INTO, UPDATE, USING, in the list of a FROM.
Names of CTEs, functions that give tables, and aliases are none. It errs on the side of silence:
what a statement means is the server's business.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field

from headwater_emitters.sql.tokens import Kind, Token


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a table's name. `quoted`: its case counts."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a statement writes it, from the outermost part."""

    parts: tuple[Part, ...]


class Verb(enum.StrEnum):
    """What a statement does."""

    SELECT = "select"
    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"
    MERGE = "merge"
    CREATE = "create"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a statement reads and writes, in the order of its text.

    `verb`: None for what moves no data (DDL, settings). `temporary`: it makes what it writes, for
    this session alone. `defines`: it makes, changes or drops a table.
    """

    verb: Verb | None = None
    reads: tuple[Table, ...] = ()
    writes: tuple[Table, ...] = ()
    temporary: bool = False
    defines: bool = False


def read(tokens: Sequence[Token]) -> Statement:
    """Read a statement, or a script of several as one."""
    return _Reader(tokens).read()


@dataclass(slots=True)
class _Level:
    """What is known between two parentheses.

    `called`: they are those of a function. `queried`: a FROM would be a clause. `listing`: a comma
    is followed by a table. `names`: of CTEs that can be seen from here. `body_of`: the CTE whose
    query the next parentheses hold. `aliases`: what a name stands for.
    """

    called: bool = False
    queried: bool = False
    listing: bool = False
    recursive: bool = False
    verb: Verb | None = None
    names: set[str] = field(default_factory=set[str])
    body_of: str | None = None
    aliases: dict[str, Table | None] = field(default_factory=dict[str, "Table | None"])


_DML = {
    "INSERT": Verb.INSERT,
    "UPDATE": Verb.UPDATE,
    "DELETE": Verb.DELETE,
    "MERGE": Verb.MERGE,
    "REPLACE": Verb.INSERT,
}
_NO_DATA = frozenset({"EXPLAIN", "DESCRIBE", "DESC", "SHOW", "COPY", "CALL", "GRANT", "REVOKE"})
_DDL = frozenset({"CREATE", "ALTER", "DROP", "TRUNCATE", "RENAME"})
_JOINS = frozenset({"JOIN", "STRAIGHT_JOIN", "APPLY"})
_ENDS_LIST = frozenset(
    {
        *("WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "UNION", "INTERSECT", "EXCEPT", "MINUS"),
        *("WINDOW", "QUALIFY", "FETCH", "OFFSET", "RETURNING", "SET", "VALUES", "CONNECT"),
    }
)
_NO_ALIAS = _ENDS_LIST | {
    *("ON", "USING", "JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL", "OUTER"),
    *("FOR", "WITH", "TABLESAMPLE", "SAMPLE", "PIVOT", "UNPIVOT", "LATERAL", "APPLY", "SELECT"),
    *(
        "FROM",
        "WHEN",
        "START",
        "ASOF",
        "ANTI",
        "SEMI",
        "GLOBAL",
        "PARTITION",
        "DEFAULT",
        "STRAIGHT_JOIN",
    ),
}
_BEFORE_TARGET = frozenset(
    {
        *("OR", "REPLACE", "IGNORE", "ABORT", "FAIL", "ROLLBACK", "LOW_PRIORITY", "DELAYED"),
        *(
            "HIGH_PRIORITY",
            "OVERWRITE",
            "TABLE",
            "ALL",
            "ONLY",
            "TEMP",
            "TEMPORARY",
            "UNLOGGED",
            "LOCAL",
        ),
    }
)
_BEFORE_SOURCE = frozenset({"ONLY", "LATERAL"})
_NO_TABLES = frozenset({"DUAL", "UNNEST", "VALUES", "TABLE", "OUTFILE", "DUMPFILE", "SELECT"})
_NO_CALL = frozenset(
    {
        *("AS", "IN", "EXISTS", "FROM", "JOIN", "WHERE", "AND", "OR", "NOT", "ON", "SELECT", "ALL"),
        *("ANY", "SOME", "UNION", "INTERSECT", "EXCEPT", "MINUS", "LATERAL", "APPLY", "USING"),
        *("HAVING", "BY", "WHEN", "THEN", "ELSE", "CASE", "RETURN", "MATERIALIZED", "DISTINCT"),
        *("VALUES", "SET", "BETWEEN", "LIKE", "IS", "WITH", "INTO", "TABLE", "OVERWRITE"),
    }
)


class _Reader:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._levels = [_Level()]
        self._reads: dict[Table, None] = {}
        self._writes: dict[Table, None] = {}
        self._verb: Verb | None = None
        self._temporary = False
        self._defines = False

    def read(self) -> Statement:
        if self._at(0).upper in _NO_DATA:
            return Statement()
        at = 0
        while at < len(self._tokens):
            at = self._step(at)
        self._explain_targets()
        verb = None if self._verb is Verb.CREATE and not self._queries() else self._verb
        return Statement(
            verb, tuple(self._reads), tuple(self._writes), self._temporary, self._defines
        )

    def _explain_targets(self) -> None:
        """Replace targets that are aliases; a CTE that is written through is not followed."""
        level = self._levels[0]
        found: dict[Table, None] = {}
        for table in self._writes:
            own = table.parts[-1].text.casefold()
            if len(table.parts) > 1 or (own not in level.names and own not in level.aliases):
                found.setdefault(table)
            elif (meant := level.aliases.get(own)) is not None:
                found.setdefault(meant)
        self._writes = found

    def _queries(self) -> bool:
        return any(token.upper in {"SELECT", "VALUES", "FROM"} for token in self._tokens)

    def _step(self, at: int) -> int:
        """Read one token and what belongs to it; give where to go on."""
        token = self._tokens[at]
        if token.kind is Kind.SIGN:
            return self._sign(at)
        word = token.upper
        if not word or self._at(at - 1).is_sign("."):
            return at + 1
        if self._starts(at) and (word in _DML or word in _DDL):
            return self._begin(at)
        return self._clause(at, word)

    def _sign(self, at: int) -> int:
        match self._tokens[at].text:
            case "(":
                return self._open(at)
            case ")":
                return self._close(at)
            case ";":
                self._explain_targets()
                self._levels = [_Level()]
            case "," if self._level.listing:
                return self._source(at + 1)
            case _:
                pass
        return at + 1

    def _open(self, at: int) -> int:
        before = self._at(at - 1)
        called = before.kind is Kind.NAME or bool(before.upper and before.upper not in _NO_CALL)
        self._levels.append(_Level(called=called and self._level.body_of is None))
        return at + 1

    def _close(self, at: int) -> int:
        if len(self._levels) > 1:
            self._levels.pop()
        level = self._level
        if level.body_of is not None:
            level.names.add(level.body_of)
            level.body_of = None
            if self._at(at + 1).is_sign(","):
                return self._cte(at + 2)
        return at + 1

    def _clause(self, at: int, word: str) -> int:
        level = self._level
        if word == "SELECT":
            level.queried, level.listing = True, False
            self._verb = self._verb or Verb.SELECT
        elif word == "WITH":
            level.recursive = self._at(at + 1).upper == "RECURSIVE"
            return self._cte(at + (2 if level.recursive else 1))
        elif word == "FROM":
            return self._from(at)
        elif word in _JOINS or (word == "USING" and level.verb in {Verb.DELETE, Verb.MERGE}):
            level.listing = True
            return self._source(at + 1)
        elif word == "INTO":
            return self._into(at)
        elif word in _ENDS_LIST:
            level.listing = False
        return at + 1

    def _from(self, at: int) -> int:
        level = self._level
        if self._at(at - 1).upper == "DISTINCT" and self._at(at - 2).upper in {"IS", "NOT"}:
            return at + 1
        first = at == 0 or self._at(at - 1).is_sign("(")
        if not level.queried and (level.called or not first):
            return at + 1
        if first:
            level.queried = True
            self._verb = self._verb or Verb.SELECT
        level.listing = True
        return self._source(at + 1)

    def _into(self, at: int) -> int:
        """Read the target of INSERT INTO and MERGE INTO, or of SELECT … INTO, which makes it."""
        if self._verb is Verb.SELECT:
            following = {self._at(at + step).upper for step in (1, 2)}
            self._temporary |= bool(following & {"TEMP", "TEMPORARY"})
            self._verb, self._defines = Verb.CREATE, True
        return self._target(at + 1)

    def _starts(self, at: int) -> bool:
        """Tell whether a statement, or one inside a CTE, can begin here."""
        before = self._at(at - 1)
        if at == 0 or before.is_sign(";"):
            return True
        if before.is_sign("("):
            return not self._level.called
        if before.is_sign(")"):
            return bool(self._level.names)
        return False

    def _begin(self, at: int) -> int:
        word = self._tokens[at].upper
        if word in _DDL:
            self._defines = True
            return self._create(at) if word == "CREATE" else self._next_statement(at)
        if self._at(at + 1).is_sign("("):
            return at + 1
        verb = _DML[word]
        level = self._level
        level.verb = verb
        self._verb = verb
        level.queried = verb in {Verb.UPDATE, Verb.DELETE}
        at = self._skip(at + 1, _BEFORE_TARGET)
        following = self._at(at).upper
        if following in {"INTO", "FROM"}:
            at = self._skip(at + 1, _BEFORE_TARGET)
        elif verb is Verb.DELETE:
            return self._deleted(at)
        at = self._target(at)
        level.listing = verb is Verb.UPDATE
        return at

    def _deleted(self, at: int) -> int:
        """Read `DELETE a, b FROM …`: targets are names that the FROM explains."""
        while self._at(at).upper != "FROM" and at < len(self._tokens):
            if self._at(at).upper in _ENDS_LIST:
                return at
            at = self._target(at)
            at += self._at(at).is_sign(",")
        return at

    def _create(self, at: int) -> int:
        """Read what a CREATE makes, if that can hold rows; the query after it is read as any."""
        at += 1
        while (word := self._at(at).upper) and word not in {"TABLE", "VIEW"}:
            if word in {"INDEX", "FUNCTION", "PROCEDURE", "TRIGGER", "USER", "ROLE"}:
                return self._next_statement(at)
            self._temporary |= word in {"TEMP", "TEMPORARY"}
            at += 1
        if not word:
            return self._next_statement(at)
        at = self._skip(at + 1, frozenset({"IF", "NOT", "EXISTS"}))
        self._verb = Verb.CREATE
        return self._target(at)

    def _cte(self, at: int) -> int:
        """Read `name [(columns)] AS [NOT MATERIALIZED] (`, up to the parenthesis."""
        name = self._at(at)
        if name.kind not in {Kind.WORD, Kind.NAME}:
            return at
        after = at + 1
        if self._at(after).is_sign("("):
            while after < len(self._tokens) and not self._at(after).is_sign(")"):
                after += 1
            after += 1
        if self._at(after).upper != "AS":
            return at
        after = self._skip(after + 1, frozenset({"NOT", "MATERIALIZED"}))
        if not self._at(after).is_sign("("):
            return at
        level = self._level
        level.body_of = name.text.casefold()
        if level.recursive:
            level.names.add(level.body_of)
        return after

    def _source(self, at: int) -> int:
        at = self._skip(at, _BEFORE_SOURCE)
        if self._at(at).is_sign("("):
            inner = self._at(at + 1)
            self._levels.append(_Level())
            if inner.kind is Kind.NAME or (
                inner.upper and inner.upper not in {"SELECT", "WITH", "VALUES", "FROM", *_DML}
            ):
                self._level.listing = self._level.queried = True
                return self._source(at + 1)
            return at + 1
        table, after = self._name(at)
        if table is None or self._at(after).is_sign("("):
            return max(after, at)
        alias, after = self._alias(after)
        if self._is_table(table):
            self._reads.setdefault(table)
            own = table.parts[-1].text.casefold()
            self._level.aliases[alias or own] = table
        elif alias:
            self._level.aliases[alias] = None
        return after

    def _target(self, at: int) -> int:
        at = self._skip(at, _BEFORE_TARGET)
        table, after = self._name(at)
        if table is None:
            return max(after, at + 1)
        alias, behind = self._alias(after)
        self._writes.setdefault(table)
        if alias and not self._at(after).is_sign("("):
            self._level.aliases.setdefault(alias, table)
        return behind if alias else after

    def _is_table(self, table: Table) -> bool:
        """A CTE is none, nor is an array in a column of a table before it."""
        first = table.parts[0].text.casefold()
        if len(table.parts) == 1:
            return not any(first in level.names for level in self._levels)
        return first not in self._level.aliases or not self._explicit(first)

    def _explicit(self, alias: str) -> bool:
        stands_for = self._level.aliases[alias]
        return stands_for is None or stands_for.parts[-1].text.casefold() != alias

    def _name(self, at: int) -> tuple[Table | None, int]:
        parts: list[Part] = []
        while True:
            token = self._at(at)
            if token.kind is Kind.NAME:
                parts.append(Part(token.text, quoted=True))
            elif token.kind is Kind.WORD and (parts or token.upper not in _NO_TABLES):
                parts.append(Part(token.text, quoted=False))
            else:
                break
            at += 1
            if not self._at(at).is_sign("."):
                break
            while self._at(at).is_sign("."):  # `db..t` leaves the schema out
                at += 1
        if not parts or (not parts[0].quoted and parts[0].text.startswith("@")):
            return None, at
        return Table(tuple(parts)), at

    def _alias(self, at: int) -> tuple[str | None, int]:
        if self._at(at).upper == "AS":
            at += 1
        token = self._at(at)
        if token.kind is Kind.NAME or (token.upper and token.upper not in _NO_ALIAS):
            return token.text.casefold(), at + 1
        return None, at

    def _next_statement(self, at: int) -> int:
        while at < len(self._tokens) and not self._at(at).is_sign(";"):
            at += 1
        return at

    def _skip(self, at: int, words: frozenset[str]) -> int:
        while self._at(at).upper in words:
            at += 1
        return at

    def _at(self, at: int) -> Token:
        return self._tokens[at] if 0 <= at < len(self._tokens) else _NOTHING

    @property
    def _level(self) -> _Level:
        return self._levels[-1]


_NOTHING = Token(Kind.SIGN, "", 0, 0)

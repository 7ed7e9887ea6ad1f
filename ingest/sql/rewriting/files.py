"""Statements with files that the parser does not know, as the COPY that they are."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import Dialect, exp
from sqlglot.expressions import Expr
from sqlglot.tokenizer_core import Token, TokenType

from ingest.sql.rewriting.tokens import closing, end_of_name, name_of, outermost, table_of, words


def copied(tokens: Sequence[Token], dialect: Dialect, said: frozenset[str]) -> Expr | None:
    """The COPY that a statement is; None if it is something else, or known to the parser."""
    if not said & {"BULK", "INFILE", "OUTFILE"}:
        return None
    first = tokens[0].text.upper()
    if first == "LOAD":
        return _load_data(tokens)
    if first == "BULK":
        return _bulk_insert(tokens)
    if first == "INSERT":
        return _insert_from(tokens)
    if first in {"SELECT", "WITH"}:
        return _select_into(tokens, dialect)
    return None


def _load_data(tokens: Sequence[Token]) -> Expr | None:
    """MySQL's `LOAD DATA … INFILE 'file' INTO TABLE t … (columns) SET …`."""
    told = words(tokens)
    if told[1:2] not in (["DATA"], ["XML"]) or "INFILE" not in told or "TABLE" not in told:
        return None
    file, first = tokens[told.index("INFILE") + 1], told.index("TABLE") + 1
    if file.token_type is not TokenType.STRING:
        return None
    end = last = end_of_name(tokens, first)
    if told[end : end + 1] == ["PARTITION"]:  # those of the table that are written to
        end = closing(tokens, end + 1) + 1
    return _loaded(tokens[first:last], _columns(tokens[end:]), file)


def _bulk_insert(tokens: Sequence[Token]) -> Expr | None:
    """T-SQL's `BULK INSERT t FROM 'file'`."""
    end = end_of_name(tokens, 2)
    if words(tokens[1:2]) != ["INSERT"] or words(tokens[end : end + 1]) != ["FROM"]:
        return None
    return _loaded(tokens[2:end], [], tokens[end + 1])


def _insert_from(tokens: Sequence[Token]) -> Expr | None:
    """ClickHouse's `INSERT INTO t (columns) FROM INFILE 'file'`."""
    told = words(tokens)
    if "INFILE" not in told or told[told.index("INFILE") - 1] != "FROM":
        return None
    place = told.index("INFILE")
    first = told.index("INTO") + 1
    first += told[first] == "TABLE"
    end = end_of_name(tokens, first)
    return _loaded(tokens[first:end], _columns(tokens[end : place - 1]), tokens[place + 1])


def _select_into(tokens: Sequence[Token], dialect: Dialect) -> Expr | None:
    """`SELECT … INTO OUTFILE 'file' …`, before FROM or at the end."""
    told, outside = words(tokens), outermost(tokens)
    place = next((at for at in outside if told[at : at + 2] == ["INTO", "OUTFILE"]), None)
    if place is None or place + 2 >= len(tokens):
        return None
    behind = [at for at in outside if at > place and told[at] == "FROM"]
    query = [*tokens[:place], *(tokens[behind[0] :] if behind else ())]
    parsed = dialect.parser().parse(query, "")[0]
    return exp.Copy(this=parsed, kind=False, files=[exp.Literal.string(tokens[place + 2].text)])


def _loaded(name: Sequence[Token], columns: list[Expr], file: Token) -> Expr:
    table = table_of(name)
    target = exp.Schema(this=table, expressions=columns) if columns else table
    return exp.Copy(this=target, kind=True, files=[exp.Literal.string(file.text)])


def _columns(tokens: Sequence[Token]) -> list[Expr]:
    """The list of columns, without variables, and what SET gives a value of them."""
    found: list[Expr] = []
    depth, setting, before = 0, False, ""
    for token in tokens:
        kind, text = token.token_type, token.text
        depth += (kind is TokenType.L_PAREN) - (kind is TokenType.R_PAREN)
        if kind is TokenType.SET and not depth:
            setting, before = True, ","
            continue
        listed_here = depth == 1 and not setting and before in {"(", ","}
        set_here = setting and not depth and before == ","
        if (listed_here or set_here) and kind in {TokenType.VAR, TokenType.IDENTIFIER}:
            found.append(name_of(token))
        before = text
    return found

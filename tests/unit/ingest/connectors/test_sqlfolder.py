"""A folder of SQL files is read as statements with their places."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.connectors.sqlfolder import SqlFile, read_files, statements


def test_files_come_by_path_and_hidden_ones_not(tmp_path: Path) -> None:
    for name in ("b.sql", "a/z.sql", ".hidden/x.sql", "a/notes.txt", ".y.sql"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("\ufeffselect 1", "utf-8")
    assert list(read_files(tmp_path)) == [
        SqlFile("a/z.sql", "select 1"),
        SqlFile("b.sql", "select 1"),
    ]


def test_statements_stand_where_their_text_begins() -> None:
    text = "-- first\nselect ';' as a;\n\n  ; /* two */ insert into t\nselect 1 -- end\n"
    found = [(one.text, one.line, one.column) for one in statements(SqlFile("x.sql", text), "")]
    assert found == [("select ';' as a", 2, 1), ("insert into t\nselect 1", 4, 15)]


def test_what_cannot_be_cut_is_one_statement() -> None:
    [statement] = statements(SqlFile("x.sql", "select 'open; select 1"), "")
    assert statement.text == "select 'open; select 1"


def test_an_unknown_dialect_is_refused() -> None:
    with pytest.raises(ValueError, match="nosuch"):
        list(statements(SqlFile("x.sql", "select 1"), "nosuch"))

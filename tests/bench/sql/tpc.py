"""Makes the corpora `tpc-h` and `tpc-ds` of the queries that sqlglot's own tests hold.

`python -m tests.bench.sql.tpc`: pip fetches the source distribution of the sqlglot that is used.
"""

from __future__ import annotations

import ast
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.sql.corpus import FOLDER
from tests.bench.sql.sdist import unpacked

_SCHEMAS = {"tpc-h": "TPCH_SCHEMA", "tpc-ds": "TPCDS_SCHEMA"}


def main() -> None:
    """Write both folders."""
    with TemporaryDirectory() as place:
        tests = unpacked("sqlglot", version("sqlglot"), place) / "tests"
        for corpus, schema in _SCHEMAS.items():
            folder = FOLDER / corpus
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "schema.sql").write_text(_ddl(tests / "helpers.py", schema))
            file = tests / "fixtures" / "optimizer" / corpus / f"{corpus}.sql"
            for number, query in enumerate(_queries(file.read_text()), 1):
                (folder / f"q{number:02}.sql").write_text(query + "\n")


def _ddl(helpers: Path, name: str) -> str:
    """The tables of a dictionary in a module; what is called a date is one."""
    for node in ast.parse(helpers.read_text()).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            tables: dict[str, dict[str, str]] = ast.literal_eval(node.value)
            return "".join(_table(table, columns) for table, columns in tables.items())
    raise ValueError(name)


def _table(name: str, columns: dict[str, str]) -> str:
    types = {"string": "varchar"}
    listed = ", ".join(
        f"{column} {'date' if column.endswith('date') else types.get(kind, kind)}"
        for column, kind in columns.items()
    )
    return f"CREATE TABLE {name} ({listed});\n"


def _queries(text: str) -> list[str]:
    """Every other statement; what stands between them is what sqlglot makes of it."""
    lines = (line for line in text.splitlines() if not line.startswith(("--", "#")))
    statements = [one.strip() for one in "\n".join(lines).split(";")]
    return [one for one in statements[::2] if one]


if __name__ == "__main__":
    main()

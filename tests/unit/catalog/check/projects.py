"""Small projects on disk, before and after a change, and the check run on them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from typer.testing import CliRunner, Result

from catalog.cli.main import app

SOURCES = "CREATE TABLE orders (id int, amount decimal(10, 2), state varchar);\n"
PROJECT = '[project]\ndialect = "duckdb"\n'
DAILY = """CREATE TABLE daily AS
SELECT state, sum(amount) AS total
FROM orders
GROUP BY state;
"""
BASE = {
    "headwater.toml": PROJECT,
    "sources.sql": SOURCES,
    "models/daily.sql": DAILY,
    "dash.sql": "SELECT max(total) AS best FROM daily\n",
}
WITHOUT_AMOUNT = {"sources.sql": SOURCES.replace("amount decimal(10, 2), ", "")}


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files below a folder."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


def checked(
    folder: Path, head: Mapping[str, str], *options: str, base: Mapping[str, str] = BASE
) -> Result:
    """Check a project, the sample if it is not told, against itself with other files."""
    before = written(folder / "base", base)
    after = written(folder / "head", {**base, **head})
    places = ["--base", str(before), "--head", str(after), "--no-cache"]
    return CliRunner().invoke(app, ["check", *places, *options])

"""What the documents say of the project is so: links lead somewhere, commands exist."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import msgspec
import pytest
from typer.main import get_command

from catalog.cli.main import app

ROOT = Path(__file__).parents[3]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(ROOT.glob("docs/**/*.md"))]


class Poe(msgspec.Struct):
    tasks: dict[str, object]


class Tools(msgspec.Struct):
    poe: Poe


class Project(msgspec.Struct):
    tool: Tools


class Package(msgspec.Struct):
    scripts: dict[str, str]


@pytest.fixture(params=DOCUMENTS, ids=lambda path: path.name)
def document(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_links_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text())
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (document.parent / target).exists()] == []


def test_poe_tasks_exist(document: Path) -> None:
    project = msgspec.convert(tomllib.loads((ROOT / "pyproject.toml").read_text()), Project)
    named = re.findall(r"uv run poe ([\w-]+)", document.read_text())
    assert set(named) <= set(project.tool.poe.tasks)


def test_scripts_of_the_frontend_exist(document: Path) -> None:
    package = msgspec.json.decode((ROOT / "frontend" / "package.json").read_bytes(), type=Package)
    named = re.findall(r"uv run poe ui ([\w-]+)", document.read_text())
    assert set(named) <= set(package.scripts)


def test_commands_exist(document: Path) -> None:
    commands = get_command(app)
    named = re.findall(r"(?:uv run|`)\s*headwater ([a-z][\w-]*)", document.read_text())
    known = getattr(commands, "commands", {})
    assert set(named) <= set(known)

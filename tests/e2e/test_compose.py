"""docker-compose.yml is sound, and the steps that build its image work in a clean copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import msgspec
import pytest
import yaml

from tests.e2e.events import run_event
from tests.services import process

ROOT = Path(__file__).parents[2]
PASSWORD = "${NEO4J_PASSWORD:-only-on-this-machine}"  # noqa: S105 - as the file writes it
EVENT = run_event(job="in-the-image")
QUESTION = {"query": '{ job(namespace: "airflow", name: "in-the-image") { name } }'}


class HealthCheck(msgspec.Struct):
    test: list[str]


class Service(msgspec.Struct):
    """What these tests read of a service."""

    ports: list[str]
    healthcheck: HealthCheck
    environment: dict[str, str]
    build: dict[str, str] = {}
    depends_on: dict[str, dict[str, str]] = {}
    command: str = ""


class Compose(msgspec.Struct):
    services: dict[str, Service]


@pytest.fixture(scope="module")
def compose() -> Compose:
    read = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return msgspec.convert(read, Compose)


@pytest.fixture(scope="module")
def clean_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the project alone, without what was built or fetched here."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    copy = tmp_path_factory.mktemp("copy")
    for name in listing.stdout.splitlines():
        if (ROOT / name).exists():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    return copy


@pytest.fixture(scope="module")
def machine(clean_copy: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a machine like the image's: a Python with pip, the system's programs."""
    python, own = Path(sys.base_prefix, "bin", "python3"), tmp_path_factory.mktemp("python")
    subprocess.run(["uv", "venv", "-q", "--seed", "--python", python, own], check=True)
    path = os.pathsep.join((str(clean_copy / ".venv" / "bin"), str(own / "bin"), os.defpath))
    kept = {name: os.environ[name] for name in ("HOME", "SSL_CERT_FILE") if name in os.environ}
    return {**kept, "PATH": path, "UV_PYTHON": str(python)}


@pytest.fixture(scope="module")
def image(compose: Compose, clean_copy: Path, machine: dict[str, str]) -> Path:
    """The clean copy after the steps that build the image."""
    recipe = compose.services["headwater"].build["dockerfile_inline"]
    steps = [line.removeprefix("RUN ") for line in recipe.splitlines() if line.startswith("RUN ")]
    for step in steps:
        subprocess.run(["sh", "-euc", step], cwd=clean_copy, env=machine, check=True)
    return clean_copy


def test_only_loopback_is_published(compose: Compose) -> None:
    ports = [port for service in compose.services.values() for port in service.ports]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_database_sends_nothing_out(compose: Compose) -> None:
    settings = compose.services["neo4j"].environment
    assert settings["NEO4J_server_fleet__discovery_enabled"] == "false"
    assert settings["NEO4J_dbms_usage__report_enabled"] == "false"


def test_the_server_waits_for_a_healthy_database(compose: Compose) -> None:
    server = compose.services["headwater"]
    assert server.depends_on["neo4j"]["condition"] == "service_healthy"
    assert "/health/ready" in str(server.healthcheck.test)


def test_the_image_holds_the_pages(image: Path) -> None:
    assert list(image.glob(".venv/**/catalog/api/http/bundle/index.html"))


@pytest.mark.neo4j
@pytest.mark.usefixtures("image")
def test_the_image_serves(
    compose: Compose, machine: dict[str, str], neo4j_store: str, tmp_path: Path
) -> None:
    """A shell runs its command: it becomes healthy, shows the pages, projects into the database."""
    service, port, log = compose.services["headwater"], process.free_port(), tmp_path / "log"
    command = ["sh", "-c", f"exec {service.command} --host 127.0.0.1 --port {port}"]
    store = service.environment["HEADWATER_STORE"]
    assert PASSWORD in store
    given = urlsplit(neo4j_store)
    assert given.password is not None
    database = given.netloc.rpartition("@")[2]
    store = store.replace(PASSWORD, given.password).replace("neo4j:7687", database)
    environment = {**machine, "HEADWATER_STORE": store, "HEADWATER_DATA": str(tmp_path)}
    kind, *check = [part.replace("8585", str(port)) for part in service.healthcheck.test]
    assert kind == "CMD"

    def healthy() -> bool:
        return subprocess.run(check, env=machine, capture_output=True, check=False).returncode == 0

    def known() -> bool:
        answer = httpx.post(f"http://127.0.0.1:{port}/graphql", json=QUESTION, timeout=60)
        return answer.json().get("data") == {"job": {"name": "in-the-image"}}

    server = process.start(command, log, environment)
    try:
        process.wait_ready(server, healthy, log, seconds=60)
        page = httpx.get(f"http://127.0.0.1:{port}/")
        posted = httpx.post(f"http://127.0.0.1:{port}/api/v1/lineage", json=EVENT)
        process.wait_ready(server, known, log, seconds=120)
    finally:
        process.stop(server)
    assert page.status_code == 200
    assert 'id="root"' in page.text
    assert posted.status_code == 201

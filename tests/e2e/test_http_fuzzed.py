"""Whatever is sent is answered as the description says: stored, or refused in words; no 500."""
# Schemathesis leaves the parameters of its types open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeArgument=false

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import BaseSchema, Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.e2e.server import Server

SPEC = Path(__file__).parents[1] / "golden" / "spec" / "OpenLineage-2-0-2.json"


@pytest.fixture(scope="module")
def described(server: Server) -> BaseSchema:
    """The API as the server describes it, with OpenLineage's own schema of what is posted."""
    api = httpx.get(f"{server.url}/openapi.json").json()
    text = SPEC.read_text().replace("#/$defs/", "#/components/schemas/")
    spec = json.loads(text)
    api.setdefault("components", {}).setdefault("schemas", {}).update(spec["$defs"])
    event = {"oneOf": spec["oneOf"]}
    one_or_many = {"anyOf": [event, {"type": "array", "items": event}, {}]}
    for path in ("/api/v1/lineage", "/api/v1/lineage/batch"):
        body = api["paths"][path]["post"]["requestBody"]["content"]["application/json"]
        body["schema"] = one_or_many
    schema = schemathesis.openapi.from_dict(api)
    schema.config.update(base_url=server.url)
    return schema


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.mark.parametrize("path", ["/api/v1/lineage", "/api/v1/lineage/batch"])
def test_every_answer_is_one_that_is_described(described: BaseSchema, path: str) -> None:
    @settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
    @given(case=described[path]["POST"].as_strategy())
    def send(case: Case) -> None:
        case.call_and_validate(checks=CHECKS)

    send()

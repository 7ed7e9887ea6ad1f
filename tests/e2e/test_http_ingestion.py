"""`POST …/lineage` takes what producers send, and says clearly what it cannot take."""

from __future__ import annotations

import gzip
import json
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.e2e.events import run_event
from tests.e2e.server import Server

JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "path", ["/api/v1/lineage", "/api/v1/lineage/", "/lineage", "/pre/fix/api/v1/lineage"]
)
def test_an_event_is_taken_under_any_prefix(server: Server, path: str) -> None:
    """201 with the id of the record and what was odd about it."""
    response = server.post(run_event(run=len(path)), path)
    assert response.status_code == 201
    assert set(response.json()) == {"id", "warnings"}


def test_the_same_event_again_is_the_same_record(server: Server) -> None:
    """The id is a hash of what the event says, whatever its spelling."""
    event = run_event(run=77)
    first = server.post(event).json()["id"]
    spelled = json.dumps(event, indent=4, sort_keys=True).encode()
    again = httpx.post(f"{server.url}/api/v1/lineage", content=spelled, headers=JSON)
    assert (again.status_code, again.json()["id"]) == (201, first)


def test_gzip_is_inflated(server: Server) -> None:
    """Clients compress."""
    body = gzip.compress(json.dumps(run_event(run=78)).encode())
    headers = {**JSON, "Content-Encoding": "gzip"}
    response = httpx.post(f"{server.url}/api/v1/lineage", content=body, headers=headers)
    assert response.status_code == 201


def test_an_array_is_a_batch(server: Server) -> None:
    """What cannot be stored is listed; the rest is stored."""
    response = server.post([run_event(run=79), {"nothing": 1}, run_event(run=80)])
    body = response.json()
    assert response.status_code == 201
    assert body["summary"]["successful"] == 2
    assert [failed["index"] for failed in body["failed_events"]] == [1]


def test_the_batch_endpoint_answers_as_the_standard_says(server: Server) -> None:
    """Always 200, with a body."""
    response = server.post([{"nothing": 1}], "/api/v1/lineage/batch")
    assert response.status_code == 200
    assert response.json()["status"] == "partial_success"
    assert response.json()["failed_events"][0]["retriable"] is False


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b'{"a": NaN}', 400),
        (b'{"a": 1e999}', 400),
        (b"[" * 100_000, 400),
        (b"3", 422),
        (b"{}", 422),
        (b'{"run": {}, "job": {}}', 422),
    ],
)
def test_what_can_never_be_stored_is_refused(server: Server, body: bytes, status: int) -> None:
    """With a code and words; clients do not send it again."""
    response = httpx.post(f"{server.url}/api/v1/lineage", content=body, headers=JSON)
    assert response.status_code == status, response.text
    assert {"code", "message"} <= set(response.json())


@pytest.mark.parametrize("body", [b"not gzip", gzip.compress(b"{}" * 1000)[:-9]])
def test_broken_gzip_is_refused(server: Server, body: bytes) -> None:
    """Cut short or never gzip."""
    headers = {**JSON, "Content-Encoding": "gzip"}
    response = httpx.post(f"{server.url}/api/v1/lineage", content=body, headers=headers)
    assert response.status_code == 400


def test_a_bomb_is_refused(server: Server) -> None:
    """The limit counts inflated bytes."""
    body = gzip.compress(b" " * (65 * 1024 * 1024), 1)
    headers = {**JSON, "Content-Encoding": "gzip"}
    response = httpx.post(f"{server.url}/api/v1/lineage", content=body, headers=headers, timeout=30)
    assert response.status_code == 413


def test_waiting_answers_after_projection(server: Server) -> None:
    """`?wait=true`: what was sent can be asked for at once."""
    event = run_event(run=81, job="waited.for", inputs=["in"], outputs=["out"])
    assert server.post(event, "/api/v1/lineage?wait=true").status_code == 201
    data = server.ask('{ job(namespace: "airflow", name: "waited.for") { name } }')
    assert data["job"]["name"] == "waited.for"


def test_no_redirects_and_no_surprises(server: Server) -> None:
    """A redirect would turn a POST into a GET, which counts as success: silent loss."""
    assert httpx.get(f"{server.url}/api/v1/lineage").status_code in {404, 405}
    assert httpx.get(f"{server.url}/health/live").json() == {"status": "live"}
    assert httpx.get(f"{server.url}/health/ready").json()["status"] == "ready"
    assert "headwater_events_accepted_total" in httpx.get(f"{server.url}/metrics").text


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
places = st.sampled_from(
    ["eventType", "eventTime", "producer", "schemaURL", "run", "job", "inputs", "outputs"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places, json_values)
def test_nonsense_never_breaks_the_server(server: Server, place: str, value: object) -> None:
    """Whatever stands in an event's place, the answer is 2xx or a clear 4xx."""
    response = server.post({**run_event(), place: value})
    assert response.status_code in {201, 400, 422}, response.text

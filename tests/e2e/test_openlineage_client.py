"""The official Python client's http transport works unchanged."""

from __future__ import annotations

import pytest
from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, Run, RunEvent, RunState
from openlineage.client.transport.http import HttpCompression, HttpConfig, HttpTransport
from openlineage.client.uuid import generate_new_uuid

from tests.e2e.server import Server


@pytest.mark.parametrize("compression", [None, HttpCompression.GZIP])
def test_events_of_the_client_arrive(server: Server, compression: HttpCompression | None) -> None:
    """START and COMPLETE of a run, then asked for over GraphQL."""
    name = f"client.{compression}"
    config = HttpConfig(url=server.url, compression=compression)
    client = OpenLineageClient(transport=HttpTransport(config))
    run = Run(runId=str(generate_new_uuid()))
    for state in (RunState.START, RunState.COMPLETE):
        client.emit(
            RunEvent(
                eventType=state,
                eventTime="2026-03-01T00:00:00Z",
                run=run,
                job=Job(namespace="clients", name=name),
                inputs=[InputDataset(namespace="file", name="/in.csv")],
                outputs=[OutputDataset(namespace="file", name="/out.csv")],
            )
        )
    client.close()
    server.settle()
    question = """query ($name: String!) {
      job(namespace: "clients", name: $name) { runs { edges { node { runId state } } } }
    }"""
    runs = server.ask(question, name=name)["job"]["runs"]["edges"]
    assert [edge["node"] for edge in runs] == [{"runId": run.runId, "state": "COMPLETE"}]

"""What real producers sent is taken, or refused in clear words, and can be asked for."""

from __future__ import annotations

import json

from tests.e2e.server import Server, headwater
from tests.golden.events import golden_events


def test_real_events_are_taken_and_the_graph_verifies(fresh_server: Server) -> None:
    """No event makes the server fail; afterwards the graph is what the log says."""
    server = fresh_server.start()
    answers = [server.post(event) for event in golden_events()]
    assert {answer.status_code for answer in answers} <= {201, 400, 422}
    refused = [answer.json() for answer in answers if answer.status_code != 201]
    assert all(body["code"] and body["message"] for body in refused)
    server.settle()
    assert server.ask("{ coverage { datasets jobs columns } }")["coverage"]["columns"] > 100
    server.stop()
    verified = headwater("verify", "--data", str(server.data), "--format", "json")
    assert verified.returncode == 0, verified.stderr
    assert json.loads(verified.stdout)["same"] is True

"""The PostgreSQL that the tests start answers on loopback."""

from __future__ import annotations

import psycopg


def test_answers_a_query(postgresql: str) -> None:
    with psycopg.connect(postgresql) as connection:
        row = connection.execute("SELECT 6 * 7, inet_server_addr()::text").fetchone()
    assert row == (42, "127.0.0.1/32")

"""The graph in one SQLite file: the store that needs no server."""

from __future__ import annotations

from catalog.stores.sqlite.graph import open_graph, open_graph_to_read

__all__ = ["open_graph", "open_graph_to_read"]

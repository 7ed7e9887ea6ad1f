"""The graph in one SQLite file: the store that needs no server."""

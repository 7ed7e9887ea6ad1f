"""The graph, kept: in memory (the reference), in SQLite, in Neo4j. One contract, one digest."""

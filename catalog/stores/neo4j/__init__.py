"""The graph in Neo4j: the production store, and a graph that people can query themselves."""

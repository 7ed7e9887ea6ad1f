"""Answers over the wire: HTTP for events and health, GraphQL for questions."""

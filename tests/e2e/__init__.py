"""Tests through the doors that users have: the command line, HTTP, GraphQL, a browser."""

"""The type of an expression, and what a dialect refuses to mix.

The rules are DuckDB's, checked by execution in the tests. Where a dialect's own are not known, they
still tell a type, but never an error (`Rules.types_checked`).
"""

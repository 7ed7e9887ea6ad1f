"""Benchmarks, by `uv run poe bench`: figures beside a limit or a peer; they assert nothing."""

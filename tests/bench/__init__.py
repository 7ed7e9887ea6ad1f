"""Benchmarks: `uv run poe bench`. They print figures beside a limit or a peer, and assert nothing."""

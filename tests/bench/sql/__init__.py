"""How exact and how fast the SQL engine is on public queries, beside its peers.

`python -m tests.bench.sql [corpus …]`: each folder of $HEADWATER_BENCH_CORPORA (default
~/.cache/headwater/bench) is a corpus: *.sql files of one query each, and `schema.sql`, the CREATE
TABLE statements that DuckDB runs before them. A clone of the Join Order Benchmark
(gregrahn/join-order-benchmark) is such a folder as it is; `python -m tests.bench.sql.tpc` and
`python -m tests.bench.sql.suites` make others. Nothing else is downloaded.

Every tool runs in a process and an environment of its own, which uv makes. It is told the schema
once, reads a few queries to get warm, and then all of them; counted is its CPU time. The truth is
DuckDB's bound, unoptimised plan; the statements of peers' suites are held against their labels,
too.
"""

"""What peers' own test suites say of statements: a corpus with another's labels.

`python -m tests.bench.sql.suites` fetches the releases that the benchmark measures, reads their
tests of column lineage, and writes `suite.json` into a folder of each among the corpora. Nothing of
them is kept in this repository.
"""

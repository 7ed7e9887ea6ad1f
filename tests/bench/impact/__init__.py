"""How right `headwater check` is on changes to public SQL, and how long it takes.

`python -m tests.bench.impact right [corpus …]`: each folder of $HEADWATER_BENCH_CORPORA (see
`tests.bench.sql`; `python -m tests.bench.sql.tpc` makes two) becomes a project: a view over each
table, its queries as tables over those, and readers of these. It is changed in every way that has
a place in it, built in DuckDB before and after, and what the check says is held against what
happened, beside table and column reachability on the same changes.

`python -m tests.bench.impact dbt FOLDER [SCHEMA [ROUNDS]]`: the same with a dbt project that was
checked out, its packages installed. Its seeds are loaded into that schema (where its sources look
for them) and it is compiled for DuckDB, by a dbt that uv installs, in a folder beside; its data are
the seeds as they are and twice their values in other combinations.

`python -m tests.bench.impact time [models …]`: a project of so many models, the first time and
again.
"""

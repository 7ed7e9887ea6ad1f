-- dialect: duckdb
-- doc(doc_id int, depot int)
-- depot(depot_id int, total int)
-- rule: in a query within, a field of its own column is meant before a table outside

select (select max(depot.total) from doc) as most from depot

-- error: unknown_column
-- most is made of nothing

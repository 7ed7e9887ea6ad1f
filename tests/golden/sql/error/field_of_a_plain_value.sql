-- dialect: duckdb
-- doc(doc_id int, depot int)
-- depot(depot_id int, total int)
-- rule: in a SELECT list a field of its own column is meant before a table of a query outside

select (select max(depot.total) from doc) as most from depot

-- error: unknown_column
-- most is made of nothing

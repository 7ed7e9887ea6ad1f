-- dialect: duckdb
-- depot(depot_id int, city varchar, capacity int)

select nope from depot

-- error: unknown_column
-- nope is made of nothing

-- dialect: duckdb
-- parcel(pid int, depot int)
-- depot(depot_id int, city varchar)
-- rule: elsewhere than in WHERE and ON `depot.depot_id` is a field of the column, which has none

select (select max(depot.depot_id) from parcel) as m from depot

-- error: unknown_column
-- m is made of nothing

-- dialect: duckdb
-- parcel(pid int, depot int)
-- depot(depot_id int, city varchar)
-- rule: a table that lacks the column does not hide the one of its name outside

select (select max(x.pid) from parcel x where x.depot_id = x.depot) as m from depot x

-- m <- parcel.pid AGGREGATION
-- m <~ depot.depot_id FILTER
-- m <~ parcel.depot FILTER

-- dialect: postgres
-- parcel(pid int, depot int)
-- depot(depot_id int, city varchar)
-- rule: the inner table of that name hides the outer one

select (select max(x.pid) from parcel x where x.depot_id = x.depot) as m from depot x

-- error: unknown_column
-- m <- parcel.pid AGGREGATION
-- m <~ parcel.depot FILTER

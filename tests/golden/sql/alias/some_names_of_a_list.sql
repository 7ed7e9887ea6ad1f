-- dialect: duckdb
-- parcel(pid int, note varchar)
-- depot(depot_id int, note varchar)

select * from (select * from parcel join depot on pid = depot_id) as t(a, b)

-- a <- parcel.pid IDENTITY
-- b <- parcel.note IDENTITY
-- depot_id <- depot.depot_id IDENTITY
-- note <- depot.note IDENTITY
-- rows <- parcel.pid JOIN
-- rows <- depot.depot_id JOIN

-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)

select distinct on (depot) pid from parcel order by depot, sent_at

-- pid <- parcel.pid IDENTITY
-- rows <- parcel.depot GROUP_BY
-- rows <- parcel.depot SORT
-- rows <- parcel.sent_at SORT

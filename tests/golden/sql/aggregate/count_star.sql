-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)

select depot, count(*) as n from parcel where fee > 0 group by depot

-- depot <- parcel.depot IDENTITY
-- n <- parcel.* AGGREGATION
-- rows <- parcel.depot GROUP_BY
-- rows <- parcel.fee FILTER

-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)

select depot from parcel group by depot having sum(fee) > 10

-- depot <- parcel.depot IDENTITY
-- rows <- parcel.depot GROUP_BY
-- rows <- parcel.fee FILTER

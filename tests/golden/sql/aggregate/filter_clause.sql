-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)

select sum(fee) filter (where state = 'paid') as s from parcel group by depot

-- s <- parcel.fee AGGREGATION
-- s <~ parcel.state FILTER
-- rows <- parcel.depot GROUP_BY

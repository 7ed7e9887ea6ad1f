-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)

select sum(fee) over w as s from parcel window w as (partition by depot order by sent_at)

-- s <- parcel.fee AGGREGATION
-- s <~ parcel.depot WINDOW
-- s <~ parcel.sent_at WINDOW

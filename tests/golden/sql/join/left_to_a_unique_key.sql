-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)
-- rule: the right side is unique in its key: it cannot change which rows there are

select p.pid, t.s from parcel p left join (select depot, sum(fee) as s from parcel group by depot) t on t.depot = p.depot

-- pid <- parcel.pid IDENTITY
-- s <- parcel.fee AGGREGATION
-- s <~ parcel.depot JOIN
-- s <~ parcel.depot GROUP_BY

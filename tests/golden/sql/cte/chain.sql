-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)

with a as (select depot, fee from parcel where state = 'paid'), b as (select depot, sum(fee) as total from a group by depot) select total from b where total > 9

-- total <- parcel.fee AGGREGATION
-- rows <- parcel.state FILTER
-- rows <- parcel.depot GROUP_BY
-- rows <- parcel.fee FILTER

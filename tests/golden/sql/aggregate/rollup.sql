-- dialect: postgres
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)

select depot, state, sum(fee) as s from parcel group by rollup (depot, state)

-- depot <- parcel.depot IDENTITY
-- state <- parcel.state IDENTITY
-- s <- parcel.fee AGGREGATION
-- rows <- parcel.depot GROUP_BY
-- rows <- parcel.state GROUP_BY

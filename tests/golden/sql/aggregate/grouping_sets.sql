-- dialect: trino
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: every key of every set groups (https://trino.io/docs/current/sql/select.html#grouping-sets)

select depot, state, max(fee) as m from parcel group by grouping sets ((depot), (state), ())

-- depot <- parcel.depot IDENTITY
-- state <- parcel.state IDENTITY
-- m <- parcel.fee AGGREGATION
-- rows <- parcel.depot GROUP_BY
-- rows <- parcel.state GROUP_BY

-- dialect: spark
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: CUBE groups by every subset of its keys (https://spark.apache.org/docs/latest/sql-ref-syntax-qry-select-groupby.html)

select depot, sum(fee) as s from parcel group by cube (depot, state)

-- depot <- parcel.depot IDENTITY
-- s <- parcel.fee AGGREGATION
-- rows <- parcel.depot GROUP_BY
-- rows <- parcel.state GROUP_BY

-- dialect: clickhouse
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- daily(depot Int32, fee Int64)
-- rule: a view TO a table keeps its rows there (https://clickhouse.com/docs/sql-reference/statements/create/view#materialized-view)

create materialized view feed to daily as select depot, sum(fee) as fee from parcel group by depot

-- depot <- parcel.depot IDENTITY
-- fee <- parcel.fee AGGREGATION
-- rows <- parcel.depot GROUP_BY

-- dialect: snowflake
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: GROUP BY ALL: all items without an aggregate (https://docs.snowflake.com/en/sql-reference/constructs/group-by)

select depot, upper(state) as st, avg(fee) as a from parcel group by all

-- depot <- parcel.depot IDENTITY
-- st <- parcel.state TRANSFORMATION
-- a <- parcel.fee AGGREGATION
-- rows <- parcel.depot GROUP_BY
-- rows <- parcel.state GROUP_BY

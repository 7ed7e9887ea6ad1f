-- dialect: snowflake
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: PIVOT groups by what is neither aggregated nor spread (https://docs.snowflake.com/en/sql-reference/constructs/pivot)

select * from (select depot, state, fee from parcel) pivot (sum(fee) for state in ('paid', 'open')) as p (depot, paid, open_)

-- depot <- parcel.depot IDENTITY
-- paid <- parcel.fee AGGREGATION
-- paid <~ parcel.state CONDITIONAL
-- open_ <- parcel.fee AGGREGATION
-- open_ <~ parcel.state CONDITIONAL
-- rows <- parcel.depot GROUP_BY

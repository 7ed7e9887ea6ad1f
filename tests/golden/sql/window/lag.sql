-- dialect: snowflake
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: the function's value flows, the window's keys decide (LAG: https://docs.snowflake.com/en/sql-reference/functions/lag)

select lag(fee) over (partition by depot order by sent_at) as before from parcel

-- before <- parcel.fee TRANSFORMATION
-- before <~ parcel.depot WINDOW
-- before <~ parcel.sent_at WINDOW

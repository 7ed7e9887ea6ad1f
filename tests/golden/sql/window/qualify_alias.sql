-- dialect: snowflake
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: QUALIFY may name an alias of the SELECT list (https://docs.snowflake.com/en/sql-reference/constructs/qualify)

select pid, row_number() over (partition by depot order by sent_at desc) as rn from parcel qualify rn = 1

-- pid <- parcel.pid IDENTITY
-- rn is made of nothing
-- rn <~ parcel.depot WINDOW
-- rn <~ parcel.sent_at WINDOW
-- rows <- parcel.depot WINDOW
-- rows <- parcel.sent_at WINDOW

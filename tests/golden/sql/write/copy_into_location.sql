-- dialect: snowflake
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: COPY INTO location unloads a query (https://docs.snowflake.com/en/sql-reference/sql/copy-into-location)

copy into @stage/paid from (select pid from parcel)

-- pid <- parcel.pid IDENTITY

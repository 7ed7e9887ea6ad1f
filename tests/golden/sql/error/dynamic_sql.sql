-- dialect: snowflake
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: EXECUTE IMMEDIATE runs a text (https://docs.snowflake.com/en/sql-reference/sql/execute-immediate)

execute immediate 'drop table parcel';
select pid from parcel

-- error: unsupported
-- pid <- parcel.pid IDENTITY

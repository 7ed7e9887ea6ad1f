-- dialect: snowflake
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: a block of Snowflake Scripting (https://docs.snowflake.com/en/developer-guide/snowflake-scripting/blocks)

begin let x := 1; end;
select pid from parcel

-- error: unsupported
-- pid <- parcel.pid IDENTITY

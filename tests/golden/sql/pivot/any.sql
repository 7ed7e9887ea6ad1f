-- dialect: snowflake
-- booking(acct int, amount int, kind varchar)
-- rule: with ANY the columns are those of the data: none can be named (https://docs.snowflake.com/en/sql-reference/constructs/pivot)

select * from booking pivot (sum(amount) for kind in (any order by kind))

-- acct <- booking.acct IDENTITY
-- * <- booking.amount AGGREGATION
-- * <~ booking.kind CONDITIONAL
-- rows <- booking.acct GROUP_BY

-- dialect: snowflake
-- ledger(acct int, bal int, note varchar)
-- booking(acct int, amount int, kind varchar)
-- rule: IDENTIFIER and TABLE name what stands in their string (https://docs.snowflake.com/en/sql-reference/identifier-literal)

insert into identifier('ledger') (acct) select acct from table('booking')

-- acct <- booking.acct IDENTITY

-- dialect: duckdb
-- booking(acct int, amount int, kind varchar)
-- rule: query_table names its table in a string

select acct from query_table('booking')

-- acct <- booking.acct IDENTITY

-- dialect: snowflake
-- ledger(acct int, bal int, note varchar)
-- rule: the columns of a file go by their place, their names are not known: all of it goes into each (https://docs.snowflake.com/en/sql-reference/sql/copy-into-table)

copy into ledger (acct, bal) from @stage/ledger

-- acct <- @stage/ledger.* IDENTITY
-- bal <- @stage/ledger.* IDENTITY

-- dialect: snowflake
-- ledger(acct int, bal int, note varchar)
-- rule: which column of a file goes where is not known: all of it goes into each (https://docs.snowflake.com/en/sql-reference/sql/copy-into-table)

copy into ledger (acct, bal) from @stage/ledger

-- acct <- @stage/ledger.* IDENTITY
-- bal <- @stage/ledger.* IDENTITY

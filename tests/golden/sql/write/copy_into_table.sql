-- dialect: snowflake
-- ledger(acct int, bal int, note varchar)
-- rule: the columns of a file go by their place, and are called by their number, as a query over the stage calls them (https://docs.snowflake.com/en/sql-reference/sql/copy-into-table)

copy into ledger (acct, bal) from @stage/ledger

-- acct <- @stage/ledger.$1 IDENTITY
-- bal <- @stage/ledger.$2 IDENTITY

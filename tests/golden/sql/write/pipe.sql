-- dialect: snowflake
-- ledger(acct int, bal int, note varchar)
-- rule: a pipe runs its COPY for files that come (https://docs.snowflake.com/en/sql-reference/sql/create-pipe)

create pipe inflow auto_ingest = true as copy into ledger (acct, bal) from (select $1, $3 from @stage/ledger)

-- acct <- @stage/ledger.$1 IDENTITY
-- bal <- @stage/ledger.$3 IDENTITY

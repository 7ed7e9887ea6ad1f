-- dialect: snowflake
-- ledger(acct int, bal int, note varchar)
-- rule: the columns of a query over staged files go by their place into the list (https://docs.snowflake.com/en/user-guide/data-load-transform)

copy into ledger (bal, note) from (select t.$1::int, upper(t.$3) from @stage/ledger t)

-- bal <- @stage/ledger.$1 TRANSFORMATION
-- note <- @stage/ledger.$3 TRANSFORMATION

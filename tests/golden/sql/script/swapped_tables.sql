-- dialect: snowflake
-- depot(depot_id int, city varchar, capacity int)
-- ledger(acct int, bal int, note varchar)
-- rule: the two names change their tables (https://docs.snowflake.com/en/sql-reference/sql/alter-table)

alter table depot swap with ledger;
create table v as select bal from depot

-- bal <- depot.bal IDENTITY

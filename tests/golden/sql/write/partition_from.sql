-- dialect: clickhouse
-- ledger(acct int, bal int, note varchar)
-- incoming(acct int, bal int, note varchar)
-- rule: a partition is copied from a table of the same columns (https://clickhouse.com/docs/sql-reference/statements/alter/partition)

alter table ledger replace partition '1' from incoming

-- acct <- incoming.acct IDENTITY
-- bal <- incoming.bal IDENTITY
-- note <- incoming.note IDENTITY

-- dialect: clickhouse
-- ledger(acct int, bal int, note varchar)
-- rule: ALTER TABLE … DELETE is a DELETE (https://clickhouse.com/docs/sql-reference/statements/alter/delete)

alter table ledger delete where note = 'x'

-- rows <- ledger.note FILTER

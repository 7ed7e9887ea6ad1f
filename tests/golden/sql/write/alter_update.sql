-- dialect: clickhouse
-- ledger(acct int, bal int, note varchar)
-- rule: ALTER TABLE … UPDATE is an UPDATE (https://clickhouse.com/docs/sql-reference/statements/alter/update)

alter table ledger update bal = acct where note = 'x'

-- bal <- ledger.acct IDENTITY
-- bal <~ ledger.note CONDITIONAL

-- dialect: tsql
-- ledger(acct int, bal int, note varchar)
-- rule: SWITCH moves all rows to a table of the same columns (https://learn.microsoft.com/en-us/sql/t-sql/statements/alter-table-transact-sql)

alter table ledger switch to archive

-- acct <- ledger.acct IDENTITY
-- bal <- ledger.bal IDENTITY
-- note <- ledger.note IDENTITY

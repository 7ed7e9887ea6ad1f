-- dialect: tsql
-- ledger(acct int, bal int, note varchar)
-- rule: ALTER VIEW makes the view anew (https://learn.microsoft.com/en-us/sql/t-sql/statements/alter-view-transact-sql)

alter view account with schemabinding as select acct, bal from ledger

-- acct <- ledger.acct IDENTITY
-- bal <- ledger.bal IDENTITY

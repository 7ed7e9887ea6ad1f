-- dialect: tsql
-- ledger(acct int, bal int, note varchar)
-- trail(acct int, before int, after int)
-- rule: OUTPUT … INTO keeps the rows that are taken away (https://learn.microsoft.com/en-us/sql/t-sql/queries/output-clause-transact-sql)

delete from ledger output deleted.acct, deleted.bal into trail (acct, before) where note = 'x'

-- ledger: rows <- ledger.note FILTER
-- trail: acct <- ledger.acct IDENTITY
-- trail: before <- ledger.bal IDENTITY
-- trail: rows <- ledger.note FILTER

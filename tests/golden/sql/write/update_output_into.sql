-- dialect: tsql
-- ledger(acct int, bal int, note varchar)
-- booking(acct int, amount int, kind varchar)
-- trail(acct int, before int, after int)
-- rule: OUTPUT … INTO adds the changed rows to another table, as they were (`deleted`) and as they are (`inserted`) (https://learn.microsoft.com/en-us/sql/t-sql/queries/output-clause-transact-sql)

update l set bal = b.amount output deleted.acct, deleted.bal, inserted.bal into trail (acct, before, after) from ledger l join booking b on b.acct = l.acct

-- ledger: bal <- booking.amount IDENTITY
-- ledger: bal <~ booking.acct CONDITIONAL
-- ledger: bal <~ ledger.acct CONDITIONAL
-- trail: acct <- ledger.acct IDENTITY
-- trail: before <- ledger.bal IDENTITY
-- trail: after <- booking.amount IDENTITY
-- trail: after <~ booking.acct CONDITIONAL
-- trail: after <~ ledger.acct CONDITIONAL
-- trail: rows <- booking.acct JOIN
-- trail: rows <- ledger.acct JOIN

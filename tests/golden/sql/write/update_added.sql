-- dialect: tsql
-- ledger(acct int, bal int, note varchar)
-- booking(acct int, amount int, kind varchar)
-- rule: `a += b` adds to the target's column, whatever else has one of that name (https://learn.microsoft.com/en-us/sql/t-sql/language-elements/add-equals-transact-sql)

update ledger set acct += b.amount from booking b where b.kind = ledger.note

-- acct <- ledger.acct TRANSFORMATION
-- acct <- booking.amount TRANSFORMATION
-- acct <~ booking.kind CONDITIONAL
-- acct <~ ledger.note CONDITIONAL

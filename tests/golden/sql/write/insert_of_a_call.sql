-- dialect: tsql
-- ledger(acct int, bal int, note varchar)
-- rule: what a procedure gives is not in the text (https://learn.microsoft.com/en-us/sql/t-sql/statements/insert-transact-sql)

insert into ledger (acct) exec refill

-- error: unsupported

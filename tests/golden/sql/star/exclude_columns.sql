-- dialect: trino
-- ledger(acct int, bal int, note varchar)
-- rule: the function gives all columns of its table but some (https://trino.io/docs/current/functions/table.html)

select * from table(exclude_columns(input => table(ledger), columns => descriptor(note)))

-- acct <- ledger.acct IDENTITY
-- bal <- ledger.bal IDENTITY

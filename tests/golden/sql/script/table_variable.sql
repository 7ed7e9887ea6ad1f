-- dialect: tsql
-- ledger(acct int, bal int, note varchar)
-- booking(acct int, amount int, kind varchar)
-- rule: a table variable is a temporary table (https://learn.microsoft.com/en-us/sql/t-sql/data-types/table-transact-sql)

declare @kept table (acct int, amount int)
insert into @kept select acct, amount from booking
update k set amount = 0 from @kept k
insert into ledger (acct, bal) select k.acct, k.amount from @kept as k

-- acct <- booking.acct IDENTITY
-- bal <- booking.amount IDENTITY

-- dialect: postgres
-- ledger(acct int primary key, bal int, note varchar)
-- booking(acct int, amount int, kind varchar)
-- rule: `excluded` has all columns of the table; one that is not inserted has its default (https://www.postgresql.org/docs/current/sql-insert.html)

insert into ledger (acct, bal) select acct, amount from booking on conflict (acct) do update set bal = excluded.bal where ledger.note is distinct from excluded.note

-- acct <- booking.acct IDENTITY
-- bal <- booking.amount IDENTITY
-- rows <- booking.acct JOIN
-- rows <- ledger.acct JOIN
-- rows <- ledger.note FILTER

-- dialect: oracle
-- ledger(acct int, bal int, note varchar)
-- booking(acct int, amount int, kind varchar)
-- rule: UPDATE … DELETE WHERE takes away rows that it has changed: its condition shapes the rows (https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/MERGE.html)

merge into ledger l using booking b on (l.acct = b.acct) when matched then update set l.bal = b.amount delete where l.note = 'x' when not matched then insert (acct) values (b.acct)

-- bal <- booking.amount IDENTITY
-- acct <- booking.acct IDENTITY
-- rows <- booking.acct JOIN
-- rows <- ledger.acct JOIN
-- rows <- ledger.note FILTER

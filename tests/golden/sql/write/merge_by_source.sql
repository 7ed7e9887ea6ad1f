-- dialect: tsql
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- ledger(acct int, bal int, note varchar)
-- rule: NOT MATCHED BY SOURCE sees the target alone (https://learn.microsoft.com/en-us/sql/t-sql/statements/merge-transact-sql)

merge into ledger as l using parcel as p on p.pid = l.acct when not matched by source and l.bal = 0 then delete when not matched then insert (acct) values (p.pid);

-- acct <- parcel.pid IDENTITY
-- rows <- parcel.pid JOIN
-- rows <- ledger.acct JOIN
-- rows <- ledger.bal FILTER

-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- ledger(acct int, bal int, note varchar)

merge into ledger l using parcel p on p.pid = l.acct when matched and p.state = 'void' then delete when matched then update set bal = l.bal + p.fee when not matched then insert (acct, bal) values (p.pid, p.fee)

-- acct <- parcel.pid IDENTITY
-- bal <- ledger.bal TRANSFORMATION
-- bal <- parcel.fee TRANSFORMATION
-- bal <- parcel.fee IDENTITY
-- rows <- parcel.pid JOIN
-- rows <- ledger.acct JOIN
-- rows <- parcel.state FILTER

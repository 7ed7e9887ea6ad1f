-- dialect: postgres
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- ledger(acct int, bal int, note varchar)

delete from ledger using parcel p where p.pid = ledger.acct and p.fee < 0

-- rows <- parcel.pid FILTER
-- rows <- ledger.acct FILTER
-- rows <- parcel.fee FILTER

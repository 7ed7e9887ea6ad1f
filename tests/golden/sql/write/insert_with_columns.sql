-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- ledger(acct int, bal int, note varchar)

insert into ledger (bal, acct) select fee, pid from parcel where fee > 0

-- bal <- parcel.fee IDENTITY
-- acct <- parcel.pid IDENTITY
-- rows <- parcel.fee FILTER

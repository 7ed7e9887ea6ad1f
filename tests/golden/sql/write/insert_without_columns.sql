-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- ledger(acct int, bal int, note varchar)

insert into ledger select pid, fee, state from parcel

-- acct <- parcel.pid IDENTITY
-- bal <- parcel.fee IDENTITY
-- note <- parcel.state IDENTITY

-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- ledger(acct int, bal int, note varchar)

insert into ledger by name select fee as bal, pid as acct from parcel

-- bal <- parcel.fee IDENTITY
-- acct <- parcel.pid IDENTITY

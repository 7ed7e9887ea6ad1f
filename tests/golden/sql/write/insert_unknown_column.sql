-- dialect: postgres
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- ledger(acct int, bal int, note varchar)

insert into ledger (acct, nope) select pid, fee from parcel

-- error: unknown_column
-- acct <- parcel.pid IDENTITY
-- nope <- parcel.fee IDENTITY

-- dialect: tsql
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- ledger(acct int, bal int, note varchar)
-- rule: UPDATE may name an alias of FROM (https://learn.microsoft.com/en-us/sql/t-sql/queries/update-transact-sql)

update l set bal = p.fee from ledger l join parcel p on p.pid = l.acct

-- bal <- parcel.fee IDENTITY
-- bal <~ parcel.pid CONDITIONAL
-- bal <~ ledger.acct CONDITIONAL

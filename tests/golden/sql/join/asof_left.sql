-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- ledger(acct int, bal int, note varchar)
-- rule: ASOF LEFT has at most one match: it decides the columns taken from the right side, not the rows

select p.pid, l.bal from parcel p asof left join ledger l on p.sender = l.acct and p.weight >= l.bal

-- pid <- parcel.pid IDENTITY
-- bal <- ledger.bal IDENTITY
-- bal <~ parcel.sender JOIN
-- bal <~ ledger.acct JOIN
-- bal <~ parcel.weight JOIN
-- bal <~ ledger.bal JOIN

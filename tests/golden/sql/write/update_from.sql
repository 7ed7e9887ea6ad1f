-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- ledger(acct int, bal int, note varchar)
-- rule: rows are untouched; what WHERE reads decides the value

update ledger set bal = bal + p.fee from parcel p where p.pid = ledger.acct

-- bal <- ledger.bal TRANSFORMATION
-- bal <- parcel.fee TRANSFORMATION
-- bal <~ parcel.pid CONDITIONAL
-- bal <~ ledger.acct CONDITIONAL

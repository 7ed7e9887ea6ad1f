-- dialect: mysql
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- ledger(acct int, bal int, note varchar)
-- rule: a join before SET decides which rows are set (https://dev.mysql.com/doc/refman/8.4/en/update.html)

update ledger l join parcel p on p.pid = l.acct set l.bal = p.fee where p.state = 'paid'

-- bal <- parcel.fee IDENTITY
-- bal <~ parcel.pid CONDITIONAL
-- bal <~ ledger.acct CONDITIONAL
-- bal <~ parcel.state CONDITIONAL

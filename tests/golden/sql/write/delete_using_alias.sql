-- dialect: mysql
-- ledger(acct int, bal int, note varchar)
-- booking(acct int, amount int, kind varchar)
-- rule: the target is called by its alias (https://dev.mysql.com/doc/refman/8.4/en/delete.html)

delete from l using ledger l join booking b on l.acct = b.acct

-- rows <- booking.acct JOIN
-- rows <- ledger.acct JOIN

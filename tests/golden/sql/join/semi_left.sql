-- dialect: clickhouse
-- ledger(acct int, bal int, note varchar)
-- booking(acct int, amount int, kind varchar)
-- rule: SEMI LEFT JOIN gives the columns of a row that matches, too (https://clickhouse.com/docs/sql-reference/statements/select/join)

select l.acct, b.amount from ledger l semi left join booking b on l.acct = b.acct

-- acct <- ledger.acct IDENTITY
-- amount <- booking.amount IDENTITY
-- rows <- booking.acct JOIN
-- rows <- ledger.acct JOIN

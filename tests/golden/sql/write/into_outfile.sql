-- dialect: mysql
-- booking(acct int, amount int, kind varchar)
-- rule: the rows go into a file (https://dev.mysql.com/doc/refman/8.4/en/select-into.html)

select acct, amount into outfile '/out/booking.csv' fields terminated by ',' from booking where kind = 'in'

-- acct <- booking.acct IDENTITY
-- amount <- booking.amount IDENTITY
-- rows <- booking.kind FILTER

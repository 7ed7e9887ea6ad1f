-- dialect: mysql
-- booking(acct int, amount int, kind varchar)
-- rule: a list of columns stands beside those of the query (https://dev.mysql.com/doc/refman/8.4/en/create-table-select.html)

create table ledger (entry int auto_increment primary key) select acct, amount from booking

-- acct <- booking.acct IDENTITY
-- amount <- booking.amount IDENTITY

-- dialect: mysql
-- ledger(acct int, bal int, note varchar)
-- rule: the fields of a file go into the list by their place and into variables, of which SET makes values; their names are not known: each is made of the file (https://dev.mysql.com/doc/refman/8.4/en/load-data.html)

load data local infile '/in/ledger.csv' into table ledger fields terminated by ',' ignore 1 lines (acct, @b) set bal = @b / 100

-- acct <- /in/ledger.csv.* TRANSFORMATION
-- bal <- /in/ledger.csv.* TRANSFORMATION

-- dialect: clickhouse
-- ledger(acct int, bal int, note varchar)
-- rule: the fields of a file go into the list (https://clickhouse.com/docs/sql-reference/statements/insert-into)

insert into ledger (acct, bal) from infile '/in/ledger.csv' format CSV

-- acct <- /in/ledger.csv.* TRANSFORMATION
-- bal <- /in/ledger.csv.* TRANSFORMATION

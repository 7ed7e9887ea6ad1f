-- dialect: tsql
-- ledger(acct int, bal int, note varchar)
-- rule: the fields of a file go by their place; their names are not known (https://learn.microsoft.com/en-us/sql/t-sql/statements/bulk-insert-transact-sql)

bulk insert ledger from '/in/ledger.csv' with (fieldterminator = ',')

-- acct <- /in/ledger.csv.* TRANSFORMATION
-- bal <- /in/ledger.csv.* TRANSFORMATION
-- note <- /in/ledger.csv.* TRANSFORMATION

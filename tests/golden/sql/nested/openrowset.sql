-- dialect: tsql
-- rule: a file is read as a table is; WITH names its columns (https://learn.microsoft.com/en-us/sql/t-sql/functions/openrowset-bulk-transact-sql)

select r.acct from openrowset(bulk '/in/ledger.csv', format = 'csv') with (acct int, bal int) as r

-- acct <- /in/ledger.csv.acct IDENTITY

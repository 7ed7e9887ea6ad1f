-- dialect: databricks
-- ledger(acct int, bal int, note varchar)
-- rule: the columns of a query over files go by their names (https://docs.databricks.com/aws/en/sql/language-manual/delta-copy-into)

copy into ledger from (select amount::int as bal, acct from 's3://lake/ledger') fileformat = parquet

-- bal <- s3://lake/ledger.amount TRANSFORMATION
-- acct <- s3://lake/ledger.acct IDENTITY

-- dialect: bigquery
-- rule: a list of columns declares the target's; all files go into it (https://docs.cloud.google.com/bigquery/docs/reference/standard-sql/load-statements)

load data into shop.ledger (acct int64, bal int64) from files (format = 'csv', uris = ['gs://in/a', 'gs://in/b'])

-- acct <- gs://in/a.* TRANSFORMATION
-- acct <- gs://in/b.* TRANSFORMATION
-- bal <- gs://in/a.* TRANSFORMATION
-- bal <- gs://in/b.* TRANSFORMATION

-- dialect: bigquery
-- ledger(acct int, bal int, note varchar)
-- booking(acct int, bal int)
-- rule: a row that is new has the source's columns alone (https://docs.cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax#merge_statement)

merge ledger l using booking b on false when not matched then insert (acct, bal) values (acct, bal)

-- acct <- booking.acct IDENTITY
-- bal <- booking.bal IDENTITY

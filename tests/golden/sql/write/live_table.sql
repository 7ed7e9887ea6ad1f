-- dialect: databricks
-- booking(acct int, amount int, kind varchar)
-- rule: LIVE says where the table is kept (https://docs.databricks.com/aws/en/ldp/developer/sql-dev)

create or refresh live table ledger as select acct from booking

-- acct <- booking.acct IDENTITY

-- dialect: spark
-- booking(acct int, amount int, kind varchar)
-- rule: how the files are written is no lineage (https://spark.apache.org/docs/latest/sql-ref-syntax-dml-insert-overwrite-directory.html)

insert overwrite directory '/out/ledger' using parquet options (compression = 'none') select acct, amount from booking

-- acct <- booking.acct IDENTITY
-- amount <- booking.amount IDENTITY

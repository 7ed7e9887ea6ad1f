-- dialect: bigquery
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: FROM may be left out (https://docs.cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax#delete_statement)

delete parcel where fee < 0

-- rows <- parcel.fee FILTER

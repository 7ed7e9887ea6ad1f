-- dialect: bigquery
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: EXPORT DATA writes a query to its uri (https://docs.cloud.google.com/bigquery/docs/reference/standard-sql/export-statements)

export data options (uri = 'gs://b/paid', format = 'CSV') as select pid from parcel

-- pid <- parcel.pid IDENTITY

-- dialect: bigquery
-- depot(depot_id int, city varchar, capacity int)
-- rule: a pattern of files is a location (https://docs.cloud.google.com/bigquery/docs/reference/standard-sql/export-statements)

export data options (uri = 'gs://out/*.csv', format = 'CSV') as select city from depot

-- city <- depot.city IDENTITY

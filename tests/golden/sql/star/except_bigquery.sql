-- dialect: bigquery
-- depot(depot_id int, city varchar, capacity int)
-- rule: EXCEPT leaves columns out (https://docs.cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#select_except)

select * except (capacity) from depot

-- depot_id <- depot.depot_id IDENTITY
-- city <- depot.city IDENTITY

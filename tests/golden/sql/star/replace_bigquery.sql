-- dialect: bigquery
-- depot(depot_id int, city varchar, capacity int)
-- rule: REPLACE keeps the place and the name (https://docs.cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#select_replace)

select * replace (capacity * 2 as capacity) from depot

-- depot_id <- depot.depot_id IDENTITY
-- city <- depot.city IDENTITY
-- capacity <- depot.capacity TRANSFORMATION

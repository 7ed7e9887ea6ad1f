-- dialect: bigquery
-- trip(id INT64, route STRUCT<name STRING, start STRUCT<lat FLOAT64, lon FLOAT64>>)
-- rule: `a.b.*` are the fields of b (https://docs.cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#select_expression_star)

select id, route.start.* except (lat) from trip

-- id <- trip.id IDENTITY
-- lon <- trip.route TRANSFORMATION

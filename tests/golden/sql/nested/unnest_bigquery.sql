-- dialect: bigquery
-- events(id int64, tags array<string>)
-- rule: a comma before UNNEST is a correlated cross join (https://docs.cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#unnest_operator)

select id, tag from events, unnest(tags) as tag

-- id <- events.id IDENTITY
-- tag <- events.tags TRANSFORMATION
-- rows <- events.tags FILTER

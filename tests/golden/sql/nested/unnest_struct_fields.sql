-- dialect: bigquery
-- basket(id INT64, items ARRAY<STRUCT<sku STRING, qty INT64>>)
-- rule: the fields of structs in an unnested array are columns (https://docs.cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#unnest_operator)

select id, sku, i.qty from basket, unnest(items) as i

-- id <- basket.id IDENTITY
-- sku <- basket.items TRANSFORMATION
-- qty <- basket.items TRANSFORMATION
-- rows <- basket.items FILTER

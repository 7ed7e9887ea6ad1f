-- dialect: bigquery
-- months(k int, jan int, feb int, mar int)
-- rule: UNPIVOT makes rows of columns and leaves out NULL (https://docs.cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#unpivot_operator)

select k, m, v from months unpivot (v for m in (jan, feb))

-- k <- months.k IDENTITY
-- m is made of nothing
-- v <- months.jan IDENTITY
-- v <- months.feb IDENTITY
-- rows <- months.jan FILTER
-- rows <- months.feb FILTER

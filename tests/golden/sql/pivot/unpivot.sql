-- dialect: duckdb
-- months(k int, jan int, feb int, mar int)

unpivot months on jan, feb into name m value v

-- k <- months.k IDENTITY
-- mar <- months.mar IDENTITY
-- m is made of nothing
-- v <- months.jan IDENTITY
-- v <- months.feb IDENTITY
-- rows <- months.jan FILTER
-- rows <- months.feb FILTER

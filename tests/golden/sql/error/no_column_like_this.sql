-- dialect: duckdb
-- months(k int, jan int)
-- rule: COLUMNS must match a column (https://duckdb.org/docs/stable/sql/expressions/star#columns-expression)

select columns('^mar$'), k from months

-- error: unknown_column
-- k <- months.k IDENTITY

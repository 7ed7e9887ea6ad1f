-- dialect: snowflake
-- months(k int, jan int, feb int, mar int)
-- rule: with INCLUDE NULLS no row is left out (https://docs.snowflake.com/en/sql-reference/constructs/unpivot)

select k, m, v from months unpivot include nulls (v for m in (jan, feb))

-- k <- months.k IDENTITY
-- m is made of nothing
-- v <- months.jan IDENTITY
-- v <- months.feb IDENTITY

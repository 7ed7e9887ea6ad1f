-- dialect: duckdb
-- months(k int, jan int, feb int, mar int)

select columns('^(jan|feb)$') from months

-- jan <- months.jan IDENTITY
-- feb <- months.feb IDENTITY

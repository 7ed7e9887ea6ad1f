-- dialect: duckdb

select range as n from range(10)

-- n is made of nothing

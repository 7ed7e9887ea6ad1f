-- dialect: duckdb
-- rule: VALUES is a query

create view v as values (1, 2)

-- col0 is made of nothing
-- col1 is made of nothing

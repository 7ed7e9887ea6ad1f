-- dialect: clickhouse
-- visit(id Int32, pages Array(String))
-- rule: ARRAY JOIN: elements by the alias; without one they take the list's name (https://clickhouse.com/docs/sql-reference/statements/select/array-join)

select id, pages, page from visit array join pages as page

-- id <- visit.id IDENTITY
-- pages <- visit.pages IDENTITY
-- page <- visit.pages TRANSFORMATION
-- rows <- visit.pages FILTER

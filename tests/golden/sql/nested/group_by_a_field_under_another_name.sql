-- dialect: duckdb
-- visit(id int, page struct(url varchar, size int), seconds int)

select page.size as size, max(seconds) as longest from visit group by 1

-- size <- visit.page TRANSFORMATION
-- longest <- visit.seconds AGGREGATION
-- rows <- visit.page GROUP_BY

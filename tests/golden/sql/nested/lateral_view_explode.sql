-- dialect: spark
-- events(id int, tags array<string>)
-- rule: LATERAL VIEW makes a row of each element (https://spark.apache.org/docs/latest/sql-ref-syntax-qry-select-lateral-view.html)

select id, tag from events lateral view explode(tags) t as tag

-- id <- events.id IDENTITY
-- tag <- events.tags TRANSFORMATION
-- rows <- events.tags FILTER

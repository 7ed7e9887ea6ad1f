-- dialect: databricks
-- events(id int, tags array<string>)
-- rule: explode in the SELECT list makes rows, too (https://docs.databricks.com/aws/en/sql/language-manual/functions/explode)

select id, explode(tags) as tag from events

-- id <- events.id IDENTITY
-- tag <- events.tags TRANSFORMATION
-- rows <- events.tags FILTER

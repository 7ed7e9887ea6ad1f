-- dialect: trino
-- events(id int, tags array(varchar))
-- rule: CROSS JOIN UNNEST makes a row of each element (https://trino.io/docs/current/sql/select.html#unnest)

select e.id, t.tag from events e cross join unnest(e.tags) as t(tag)

-- id <- events.id IDENTITY
-- tag <- events.tags TRANSFORMATION
-- rows <- events.tags FILTER

-- dialect: postgres
-- events(id int, payload jsonb)

select payload ->> 'name' as customer from events where payload -> 'kind' = '"x"'

-- customer <- events.payload TRANSFORMATION
-- rows <- events.payload FILTER

-- dialect: snowflake
-- events(id int, payload variant)
-- rule: FLATTEN makes a row of each element; all its columns are made of the input (https://docs.snowflake.com/en/sql-reference/functions/flatten)

select e.id, f.value as v from events e, lateral flatten(input => e.payload) f

-- id <- events.id IDENTITY
-- v <- events.payload TRANSFORMATION
-- rows <- events.payload FILTER

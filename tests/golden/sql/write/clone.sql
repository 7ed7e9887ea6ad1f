-- dialect: snowflake
-- depot(depot_id int, city varchar, capacity int)
-- rule: a clone has the rows of its source (https://docs.snowflake.com/en/sql-reference/sql/create-clone)

create table later clone depot

-- depot_id <- depot.depot_id IDENTITY
-- city <- depot.city IDENTITY
-- capacity <- depot.capacity IDENTITY

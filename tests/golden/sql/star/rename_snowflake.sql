-- dialect: snowflake
-- depot(depot_id int, city varchar, capacity int)
-- rule: RENAME gives a column of the star another name (https://docs.snowflake.com/en/sql-reference/sql/select)

select * exclude capacity rename city as town from depot

-- depot_id <- depot.depot_id IDENTITY
-- town <- depot.city IDENTITY

-- dialect: databricks
-- depot(depot_id int, city varchar, capacity int)
-- rule: a clone has the rows of its source (https://docs.databricks.com/aws/en/sql/language-manual/delta-clone)

create or replace table later deep clone depot

-- depot_id <- depot.depot_id IDENTITY
-- city <- depot.city IDENTITY
-- capacity <- depot.capacity IDENTITY

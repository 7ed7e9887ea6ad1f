-- dialect: duckdb
-- depot(depot_id int, city varchar, capacity int)

select d as row_value from depot d

-- row_value <- depot.depot_id TRANSFORMATION
-- row_value <- depot.city TRANSFORMATION
-- row_value <- depot.capacity TRANSFORMATION

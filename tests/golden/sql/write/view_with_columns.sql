-- dialect: duckdb
-- depot(depot_id int, city varchar, capacity int)

create view v(a, b) as select city, capacity from depot

-- a <- depot.city IDENTITY
-- b <- depot.capacity IDENTITY

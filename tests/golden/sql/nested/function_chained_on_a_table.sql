-- dialect: duckdb
-- depot(depot_id int, city varchar, depot int)
-- rule: a table's name counts first, even where columns are called the same

select depot.city.lower() as x from depot as t1, depot

-- x <- depot.city TRANSFORMATION

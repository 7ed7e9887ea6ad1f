-- dialect: duckdb
-- person(person_id int, full_name varchar, city varchar, boss int)
-- depot(depot_id int, city varchar, capacity int)
-- rule: which of the two tables is meant cannot be told

select city from depot, person

-- error: ambiguous
-- city <- ?.city IDENTITY

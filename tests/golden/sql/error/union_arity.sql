-- dialect: duckdb
-- person(person_id int, full_name varchar, city varchar, boss int)
-- depot(depot_id int, city varchar, capacity int)

select city from depot union all select city, boss from person

-- error: arity
-- city <- depot.city IDENTITY
-- city <- person.city IDENTITY

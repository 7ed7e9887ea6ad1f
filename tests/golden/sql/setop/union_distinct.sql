-- dialect: duckdb
-- person(person_id int, full_name varchar, city varchar, boss int)
-- depot(depot_id int, city varchar, capacity int)

select city from depot union select city from person

-- city <- depot.city IDENTITY
-- city <- person.city IDENTITY
-- rows <- depot.city GROUP_BY
-- rows <- person.city GROUP_BY

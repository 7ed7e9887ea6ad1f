-- dialect: postgres
-- person(person_id int, full_name varchar, city varchar, boss int)
-- depot(depot_id int, city varchar, capacity int)

select depot_id, city from depot union all select boss, full_name from person

-- depot_id <- depot.depot_id IDENTITY
-- depot_id <- person.boss IDENTITY
-- city <- depot.city IDENTITY
-- city <- person.full_name IDENTITY

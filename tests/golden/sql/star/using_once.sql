-- dialect: postgres
-- person(person_id int, full_name varchar, city varchar, boss int)
-- depot(depot_id int, city varchar, capacity int)
-- rule: the column of USING comes once, and first

select * from depot join person using (city)

-- city <- depot.city IDENTITY
-- depot_id <- depot.depot_id IDENTITY
-- capacity <- depot.capacity IDENTITY
-- person_id <- person.person_id IDENTITY
-- full_name <- person.full_name IDENTITY
-- boss <- person.boss IDENTITY
-- rows <- depot.city JOIN
-- rows <- person.city JOIN

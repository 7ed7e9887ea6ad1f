-- dialect: duckdb
-- person(person_id int, full_name varchar, city varchar, boss int)
-- depot(depot_id int, city varchar, capacity int)
-- rule: NATURAL joins on all common names: here city alone

select p.boss, d.capacity from person p natural join depot d

-- boss <- person.boss IDENTITY
-- capacity <- depot.capacity IDENTITY
-- rows <- person.city JOIN
-- rows <- depot.city JOIN

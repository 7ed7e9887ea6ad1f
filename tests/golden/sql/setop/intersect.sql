-- dialect: postgres
-- person(person_id int, full_name varchar, city varchar, boss int)
-- depot(depot_id int, city varchar, capacity int)
-- rule: the right side enters the rows only

select city from depot intersect select city from person where boss > 1

-- city <- depot.city IDENTITY
-- rows <- depot.city GROUP_BY
-- rows <- person.city GROUP_BY
-- rows <- person.boss FILTER

-- dialect: postgres
-- person(person_id int, full_name varchar, city varchar, boss int)
-- depot(depot_id int, city varchar, capacity int)
-- rule: FULL JOIN USING gives coalesce(left, right)

select city from depot full join person using (city)

-- city <- depot.city TRANSFORMATION
-- city <- person.city TRANSFORMATION
-- rows <- depot.city JOIN
-- rows <- person.city JOIN

-- dialect: postgres
-- person(person_id int, full_name varchar, city varchar, boss int)
-- depot(depot_id int, city varchar, capacity int)
-- rule: an outer join needs a condition

select full_name, capacity from person left join depot

-- error: syntax
-- full_name <- person.full_name IDENTITY
-- capacity <- depot.capacity IDENTITY

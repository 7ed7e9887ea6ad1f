-- dialect: duckdb
-- person(person_id int, full_name varchar, city varchar, boss int)

select full_name.upper() as u from person

-- u <- person.full_name TRANSFORMATION

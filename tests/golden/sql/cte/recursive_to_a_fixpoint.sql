-- dialect: duckdb
-- person(person_id int, full_name varchar, city varchar, boss int)
-- rule: a and b take turns, so each reaches both, and so does what is filtered

with recursive g(a, b) as (select person_id, boss from person union all select b, a from g where a > 0) select a from g

-- a <- person.person_id IDENTITY
-- a <- person.boss IDENTITY
-- rows <- person.person_id FILTER
-- rows <- person.boss FILTER

-- dialect: snowflake
-- fare(id int, ID int, cents int)
-- rule: a plain name is stored in upper case, so quotes tell two columns apart (https://docs.snowflake.com/en/sql-reference/identifiers-syntax)

select "x", x from (select "id" as "x", id as x from fare where "id" > 0)

-- x <- fare.id IDENTITY
-- X <- fare.ID IDENTITY
-- rows <- fare.id FILTER

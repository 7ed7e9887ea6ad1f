-- dialect: oracle
-- person(person_id int, full_name varchar, city varchar, boss int)
-- rule: START WITH and CONNECT BY decide which rows there are (https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/Hierarchical-Queries.html)

select full_name, level as depth from person start with boss is null connect by prior person_id = boss

-- full_name <- person.full_name IDENTITY
-- depth is made of nothing
-- rows <- person.boss FILTER
-- rows <- person.boss JOIN
-- rows <- person.person_id JOIN

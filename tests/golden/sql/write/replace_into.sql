-- dialect: mysql
-- depot(depot_id int, city varchar, capacity int)
-- town(city varchar)
-- rule: REPLACE INTO inserts, and takes away what was there (https://dev.mysql.com/doc/refman/8.4/en/replace.html)

replace into town select city from depot

-- city <- depot.city IDENTITY

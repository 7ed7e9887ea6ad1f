-- dialect: postgres
-- depot(depot_id int, city varchar, capacity int)

alter table depot drop column capacity;
select capacity from depot

-- error: unknown_column
-- capacity is made of nothing

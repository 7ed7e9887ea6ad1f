-- dialect: postgres
-- depot(depot_id int, city varchar, capacity int)

alter table depot add column region text, drop column capacity;
alter table depot rename column city to town;
create table v as select * from depot

-- depot_id <- depot.depot_id IDENTITY
-- town <- depot.town IDENTITY
-- region <- depot.region IDENTITY

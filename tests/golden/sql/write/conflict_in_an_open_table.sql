-- dialect: postgres
-- depot(depot_id int, city varchar, capacity int)
-- rule: of an open table it is not known which value a column of `excluded` is

insert into somewhere select depot_id, city from depot on conflict (depot_id) do update set capital = excluded.capital

-- depot_id <- depot.depot_id IDENTITY
-- city <- depot.city IDENTITY
-- capital <- depot.depot_id IDENTITY
-- capital <- depot.city IDENTITY
-- rows <- depot.depot_id JOIN

-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)
-- rule: what EXISTS selects is no value and decides nothing

select d.city from depot d where exists (select p.fee from parcel p where p.depot = d.depot_id)

-- city <- depot.city IDENTITY
-- rows <- depot.depot_id FILTER
-- rows <- parcel.depot FILTER

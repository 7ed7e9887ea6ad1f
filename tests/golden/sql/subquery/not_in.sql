-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)

select city from depot where depot_id not in (select depot from parcel)

-- city <- depot.city IDENTITY
-- rows <- depot.depot_id FILTER
-- rows <- parcel.depot FILTER

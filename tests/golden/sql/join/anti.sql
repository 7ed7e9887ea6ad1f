-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)

select city from depot anti join parcel on parcel.depot = depot.depot_id

-- city <- depot.city IDENTITY
-- rows <- depot.depot_id JOIN
-- rows <- parcel.depot JOIN

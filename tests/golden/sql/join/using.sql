-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)

select depot.city, p.fee from (select depot as depot_id, fee from parcel) p join depot using (depot_id)

-- city <- depot.city IDENTITY
-- fee <- parcel.fee IDENTITY
-- rows <- depot.depot_id JOIN
-- rows <- parcel.depot JOIN

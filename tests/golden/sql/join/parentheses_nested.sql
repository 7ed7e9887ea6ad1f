-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)
-- rule: a join in parentheses within parentheses is one join; names inside stay visible

select p.pid, d.city from ((select pid, depot from parcel) p join (depot d cross join depot e) on p.depot = d.depot_id)

-- pid <- parcel.pid IDENTITY
-- city <- depot.city IDENTITY
-- rows <- depot.depot_id JOIN
-- rows <- parcel.depot JOIN

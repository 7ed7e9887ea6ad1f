-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)

select (select min(p.fee * d.capacity) from parcel p) as m from depot d

-- m <- parcel.fee AGGREGATION
-- m <- depot.capacity AGGREGATION

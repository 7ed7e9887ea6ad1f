-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)
-- rule: a join key in WHERE is a filter: nothing says JOIN

select d.city from parcel p, depot d where p.depot = d.depot_id and p.fee > 3

-- city <- depot.city IDENTITY
-- rows <- parcel.depot FILTER
-- rows <- depot.depot_id FILTER
-- rows <- parcel.fee FILTER

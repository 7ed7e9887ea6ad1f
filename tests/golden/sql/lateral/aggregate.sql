-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)
-- rule: the filter of an aggregate that stands in FROM shapes the output

select t.s from depot d, lateral (select sum(p.fee) as s from parcel p where p.depot = d.depot_id) t

-- s <- parcel.fee AGGREGATION
-- rows <- parcel.depot FILTER
-- rows <- depot.depot_id FILTER

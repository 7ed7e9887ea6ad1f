-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)
-- rule: an aggregate without GROUP BY in a scalar subquery: its filter conditions the column alone

select d.city, (select max(p.fee) from parcel p where p.depot = d.depot_id) as top from depot d

-- city <- depot.city IDENTITY
-- top <- parcel.fee AGGREGATION
-- top <~ parcel.depot FILTER
-- top <~ depot.depot_id FILTER

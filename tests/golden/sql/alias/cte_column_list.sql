-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)

with c(x, y) as (select fee, depot from parcel) select y from c

-- y <- parcel.depot IDENTITY

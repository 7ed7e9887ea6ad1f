-- dialect: duckdb
-- parcel(pid int, depot int)
-- depot(depot_id int, city varchar)
-- rule: in WHERE and ON a column without fields does not hide a table outside

select city from depot where exists (select 1 from parcel where depot.depot_id = parcel.depot)

-- city <- depot.city IDENTITY
-- rows <- depot.depot_id FILTER
-- rows <- parcel.depot FILTER

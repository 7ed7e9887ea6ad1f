-- dialect: tsql
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)
-- rule: FOR JSON makes one text of all columns (https://learn.microsoft.com/en-us/sql/relational-databases/json/format-query-results-as-json-with-for-json-sql-server)

select depot_id, (select p.pid, p.fee from parcel p where p.depot = d.depot_id for json path) as parcels from depot d

-- depot_id <- depot.depot_id IDENTITY
-- parcels <- parcel.pid TRANSFORMATION
-- parcels <- parcel.fee TRANSFORMATION
-- parcels <~ depot.depot_id FILTER
-- parcels <~ parcel.depot FILTER

-- dialect: tsql
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)
-- rule: CROSS APPLY keeps the rows that have a match (https://learn.microsoft.com/en-us/sql/t-sql/queries/from-transact-sql)

select d.city, t.fee from depot d cross apply (select p.fee from parcel p where p.depot = d.depot_id) t

-- city <- depot.city IDENTITY
-- fee <- parcel.fee IDENTITY
-- rows <- parcel.depot FILTER
-- rows <- depot.depot_id FILTER

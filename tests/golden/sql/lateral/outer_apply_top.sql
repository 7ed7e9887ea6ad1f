-- dialect: tsql
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)
-- rule: OUTER APPLY ... TOP 1 cannot change the rows (https://learn.microsoft.com/en-us/sql/t-sql/queries/from-transact-sql)

select d.city, t.fee from depot d outer apply (select top 1 p.fee from parcel p where p.depot = d.depot_id order by p.sent_at) t

-- city <- depot.city IDENTITY
-- fee <- parcel.fee IDENTITY
-- fee <~ parcel.depot FILTER
-- fee <~ depot.depot_id FILTER
-- fee <~ parcel.sent_at SORT

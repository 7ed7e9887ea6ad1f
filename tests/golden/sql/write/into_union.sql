-- dialect: tsql
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: INTO of the first SELECT takes the whole union (https://learn.microsoft.com/en-us/sql/t-sql/queries/select-into-clause-transact-sql)

select pid into kept from parcel union all select sender from parcel

-- pid <- parcel.pid IDENTITY
-- pid <- parcel.sender IDENTITY

-- dialect: tsql
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: TOP takes the first rows of the order (https://learn.microsoft.com/en-us/sql/t-sql/queries/top-transact-sql)

select top 3 pid from parcel order by fee desc

-- pid <- parcel.pid IDENTITY
-- rows <- parcel.fee SORT

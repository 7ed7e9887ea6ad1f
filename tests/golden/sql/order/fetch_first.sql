-- dialect: postgres
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)

select pid from parcel order by fee fetch first 3 rows only

-- pid <- parcel.pid IDENTITY
-- rows <- parcel.fee SORT

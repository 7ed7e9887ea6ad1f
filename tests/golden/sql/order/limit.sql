-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)

select pid from parcel order by sent_at limit 3

-- pid <- parcel.pid IDENTITY
-- rows <- parcel.sent_at SORT

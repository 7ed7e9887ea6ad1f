-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: order alone changes no row

select pid from parcel order by sent_at

-- pid <- parcel.pid IDENTITY

-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)

create table paid as select pid, fee * 2 as twice from parcel where state = 'paid'

-- pid <- parcel.pid IDENTITY
-- twice <- parcel.fee TRANSFORMATION
-- rows <- parcel.state FILTER

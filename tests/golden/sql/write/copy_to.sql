-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: a location that is written is an output, named by the location

copy (select pid, fee from parcel where state = 'paid') to 'paid.parquet'

-- pid <- parcel.pid IDENTITY
-- fee <- parcel.fee IDENTITY
-- rows <- parcel.state FILTER

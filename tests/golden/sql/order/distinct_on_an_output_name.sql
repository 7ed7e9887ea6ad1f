-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)

select distinct on (depot) pid, sender % 10 as depot from parcel order by depot, weight

-- pid <- parcel.pid IDENTITY
-- depot <- parcel.sender TRANSFORMATION
-- rows <- parcel.sender GROUP_BY
-- rows <- parcel.sender SORT
-- rows <- parcel.weight SORT

-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)

select * exclude (sent_at, state) replace (fee * 2 as fee) from parcel

-- pid <- parcel.pid IDENTITY
-- sender <- parcel.sender IDENTITY
-- depot <- parcel.depot IDENTITY
-- weight <- parcel.weight IDENTITY
-- fee <- parcel.fee TRANSFORMATION

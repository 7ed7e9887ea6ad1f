-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)

with parcel as (select p.pid, p.fee + 1 as fee from parcel p) select fee from parcel

-- fee <- parcel.fee TRANSFORMATION

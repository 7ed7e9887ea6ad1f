-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)

create table a as select pid from parcel;
create table b as select fee from parcel

-- a: pid <- parcel.pid IDENTITY
-- b: fee <- parcel.fee IDENTITY

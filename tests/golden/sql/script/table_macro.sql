-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)

create macro heavy(least) as table select pid, weight from parcel where weight > least;
create table v as select pid from heavy(3)

-- pid <- parcel.pid IDENTITY
-- rows <- parcel.weight FILTER

-- dialect: oracle
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: how the view is kept says nothing of its rows (https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/CREATE-MATERIALIZED-VIEW.html)

create materialized view v build immediate refresh fast on demand as select pid from parcel

-- pid <- parcel.pid IDENTITY

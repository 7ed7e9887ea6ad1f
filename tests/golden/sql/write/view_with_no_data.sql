-- dialect: postgres
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: WITH NO DATA fills it later (https://www.postgresql.org/docs/current/sql-creatematerializedview.html)

create materialized view v as select pid from parcel with no data

-- pid <- parcel.pid IDENTITY

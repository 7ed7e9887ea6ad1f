-- dialect: postgres
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- gone(pid int, fee int)
-- rule: a statement in WITH writes, and returns rows (https://www.postgresql.org/docs/current/queries-with.html#QUERIES-WITH-MODIFYING)

with moved as (delete from parcel where fee < 0 returning pid, fee) insert into gone select pid, fee from moved

-- gone: pid <- parcel.pid IDENTITY
-- gone: fee <- parcel.fee IDENTITY
-- gone: rows <- parcel.fee FILTER
-- parcel: rows <- parcel.fee FILTER

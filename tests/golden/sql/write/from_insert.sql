-- dialect: hive
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- a(pid int)
-- b(pid int, fee int)
-- rule: each INSERT is of its own (https://hive.apache.org/docs/latest/language/languagemanual-dml/)

from parcel insert into table a select pid insert overwrite table b select pid, fee where fee > 3

-- a: pid <- parcel.pid IDENTITY
-- b: pid <- parcel.pid IDENTITY
-- b: fee <- parcel.fee IDENTITY
-- b: rows <- parcel.fee FILTER

-- dialect: tsql
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: a common table expression is a target as a view of one table is: the table loses the rows (https://learn.microsoft.com/en-us/sql/t-sql/statements/delete-transact-sql)

with numbered as (select *, row_number() over (partition by pid order by sent_at) as n from parcel) delete from numbered where n > 1

-- rows <- parcel.pid WINDOW
-- rows <- parcel.sent_at WINDOW

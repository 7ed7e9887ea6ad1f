-- dialect: tsql
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: a target may be what one table is seen through, here a common table expression of the statement: the table loses the rows (https://learn.microsoft.com/en-us/sql/t-sql/statements/delete-transact-sql, https://learn.microsoft.com/en-us/sql/t-sql/queries/with-common-table-expression-transact-sql)

with numbered as (select *, row_number() over (partition by pid order by sent_at) as n from parcel) delete from numbered where n > 1

-- rows <- parcel.pid WINDOW
-- rows <- parcel.sent_at WINDOW

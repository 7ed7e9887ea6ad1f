-- dialect: tsql
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)
-- rule: most statements need no semicolon (https://learn.microsoft.com/en-us/sql/t-sql/language-elements/transact-sql-syntax-conventions-transact-sql), a batch ends with GO (https://learn.microsoft.com/en-us/sql/t-sql/language-elements/sql-server-utilities-statements-go)

declare @least int = 3
set nocount on
select case when fee > @least then pid end as pid into #cheap from parcel
insert into depot (depot_id) select pid from #cheap
go

-- depot_id <- parcel.pid TRANSFORMATION
-- depot_id <~ parcel.fee CONDITIONAL

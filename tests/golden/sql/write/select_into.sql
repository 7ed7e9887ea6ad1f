-- dialect: tsql
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: SELECT INTO makes a table (https://learn.microsoft.com/en-us/sql/t-sql/queries/select-into-clause-transact-sql)

select pid, fee into paid from parcel where state = 'paid'

-- pid <- parcel.pid IDENTITY
-- fee <- parcel.fee IDENTITY
-- rows <- parcel.state FILTER

-- dialect: tsql
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: INTO of one SELECT takes the whole union (https://learn.microsoft.com/en-us/sql/t-sql/language-elements/set-operators-union-transact-sql)

select pid into kept from parcel union all select sender from parcel

-- pid <- parcel.pid IDENTITY
-- pid <- parcel.sender IDENTITY

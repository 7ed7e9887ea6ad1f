-- dialect: tsql
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: IIF is CASE (https://learn.microsoft.com/en-us/sql/t-sql/functions/logical-functions-iif-transact-sql)

select iif(state = 'paid', fee, 0) as f from parcel

-- f <- parcel.fee TRANSFORMATION
-- f <~ parcel.state CONDITIONAL

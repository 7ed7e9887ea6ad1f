-- dialect: tsql
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: `+=` adds to what is there (https://learn.microsoft.com/en-us/sql/t-sql/queries/update-transact-sql)

update p set p.fee += p.weight from parcel p where p.pid = 1

-- fee <- parcel.fee TRANSFORMATION
-- fee <- parcel.weight TRANSFORMATION
-- fee <~ parcel.pid CONDITIONAL

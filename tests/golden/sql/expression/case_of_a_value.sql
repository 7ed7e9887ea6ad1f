-- dialect: postgres
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: the value that is compared decides

select case depot when 1 then fee else weight end as f from parcel

-- f <- parcel.fee TRANSFORMATION
-- f <- parcel.weight TRANSFORMATION
-- f <~ parcel.depot CONDITIONAL

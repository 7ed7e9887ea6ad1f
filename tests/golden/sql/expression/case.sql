-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)

select case when state = 'paid' then fee else 0 end as f from parcel

-- f <- parcel.fee TRANSFORMATION
-- f <~ parcel.state CONDITIONAL

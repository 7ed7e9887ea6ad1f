-- dialect: postgres
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: an aggregate without GROUP BY always has one row; its filter stays in rows in this contract

select sum(fee) as s from parcel where state = 'paid'

-- s <- parcel.fee AGGREGATION
-- rows <- parcel.state FILTER

-- dialect: postgres
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: the order inside an aggregate conditions it alone

select string_agg(state, ',' order by sent_at) as states from parcel group by depot

-- states <- parcel.state AGGREGATION
-- states <~ parcel.sent_at SORT
-- rows <- parcel.depot GROUP_BY

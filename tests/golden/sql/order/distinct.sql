-- dialect: postgres
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)

select distinct depot, state from parcel

-- depot <- parcel.depot IDENTITY
-- state <- parcel.state IDENTITY
-- rows <- parcel.depot GROUP_BY
-- rows <- parcel.state GROUP_BY

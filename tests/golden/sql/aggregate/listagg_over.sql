-- dialect: redshift
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: the order within a list of values only orders it (https://docs.aws.amazon.com/redshift/latest/dg/r_WF_LISTAGG.html)

select listagg(state, ',') within group (order by sent_at) over (partition by depot) as states from parcel

-- states <- parcel.state AGGREGATION
-- states <~ parcel.depot WINDOW
-- states <~ parcel.sent_at SORT

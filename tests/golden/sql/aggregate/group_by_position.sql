-- dialect: redshift
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: GROUP BY 1 is the first item (https://docs.aws.amazon.com/redshift/latest/dg/r_GROUP_BY_clause.html)

select state, sum(fee) as s from parcel group by 1

-- state <- parcel.state IDENTITY
-- s <- parcel.fee AGGREGATION
-- rows <- parcel.state GROUP_BY

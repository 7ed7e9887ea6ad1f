-- dialect: postgres
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: a temporary table is composed away

create temp table t as select depot, fee from parcel where state = 'paid';
create table totals as select depot, sum(fee) as s from t group by depot

-- depot <- parcel.depot IDENTITY
-- s <- parcel.fee AGGREGATION
-- rows <- parcel.state FILTER
-- rows <- parcel.depot GROUP_BY

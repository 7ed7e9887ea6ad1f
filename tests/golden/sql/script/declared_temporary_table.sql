-- dialect: redshift
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- kept(pid int, fee int)
-- rule: LIKE gives the stage the columns of its target; a temporary table is composed away (https://docs.aws.amazon.com/redshift/latest/dg/merge-replacing-existing-rows.html)

create temp table stage (like kept);
insert into stage select pid, fee from parcel where fee > 0;
insert into kept select * from stage

-- pid <- parcel.pid IDENTITY
-- fee <- parcel.fee IDENTITY
-- rows <- parcel.fee FILTER

-- dialect: redshift
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: the query stands in a string (https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html)

unload ('select pid from parcel where fee > 3') to 's3://b/paid' iam_role 'r'

-- pid <- parcel.pid IDENTITY
-- rows <- parcel.fee FILTER

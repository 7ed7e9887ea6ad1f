-- dialect: clickhouse
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: WITH may name a value (https://clickhouse.com/docs/sql-reference/statements/select/with#common-scalar-expressions)

with fee * 2 as twice select pid, twice from parcel prewhere weight > 1 where twice > 3

-- pid <- parcel.pid IDENTITY
-- twice <- parcel.fee TRANSFORMATION
-- rows <- parcel.fee FILTER
-- rows <- parcel.weight FILTER

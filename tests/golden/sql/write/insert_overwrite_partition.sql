-- dialect: spark
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- daily(pid int, fee int, day date)
-- rule: a static partition is no column of the query (https://spark.apache.org/docs/latest/sql-ref-syntax-dml-insert-table.html)

insert overwrite table daily partition (day = '2024-01-01') select pid, fee from parcel

-- pid <- parcel.pid IDENTITY
-- fee <- parcel.fee IDENTITY

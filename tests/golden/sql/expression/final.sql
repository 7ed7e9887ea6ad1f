-- dialect: clickhouse
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: FINAL gives the rows as merging leaves them, by a sorting key that the table has and the query does not tell: no column can be named for it (https://clickhouse.com/docs/sql-reference/statements/select/from#final-modifier)

select pid from parcel final

-- pid <- parcel.pid IDENTITY

-- dialect: clickhouse
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: FINAL merges the rows of a table; the table is read (https://clickhouse.com/docs/sql-reference/statements/select/from#final-modifier)

select pid from parcel final

-- pid <- parcel.pid IDENTITY

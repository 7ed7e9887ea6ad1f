-- dialect: databricks
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: STREAM reads a table as its rows come in (https://docs.databricks.com/aws/en/ldp/developer/ldp-sql-ref-create-streaming-table)

create or refresh streaming table cheap as select pid from stream(parcel) where fee < 3

-- pid <- parcel.pid IDENTITY
-- rows <- parcel.fee FILTER

-- dialect: bigquery
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: the statements of a block are read (https://docs.cloud.google.com/bigquery/docs/reference/standard-sql/procedural-language#begin)

declare least int64 default 3;
begin
  create temp table cheap as select pid from parcel where fee < least;
  create table kept as select pid from cheap;
end

-- pid <- parcel.pid IDENTITY
-- rows <- parcel.fee FILTER

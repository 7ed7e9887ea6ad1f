-- dialect: bigquery
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)
-- rule: INNER keeps the columns that both sides have (https://docs.cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#by_name_or_corresponding)

select pid as id, fee from parcel inner union all by name select depot_id as id, city from depot

-- id <- parcel.pid IDENTITY
-- id <- depot.depot_id IDENTITY

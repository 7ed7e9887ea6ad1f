-- dialect: spark
-- depot(depot_id int, city varchar, capacity int)
-- rule: a directory is a dataset, too (https://spark.apache.org/docs/latest/sql-ref-syntax-dml-insert-overwrite-directory.html)

insert overwrite directory '/out' select city from depot

-- city <- depot.city IDENTITY

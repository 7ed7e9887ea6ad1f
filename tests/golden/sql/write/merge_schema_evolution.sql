-- dialect: databricks
-- depot(depot_id int, city varchar, capacity int)
-- news(depot_id int, city string, capacity int)
-- rule: the target gets the columns of its source; `*` goes by name (https://docs.databricks.com/aws/en/sql/language-manual/delta-merge-into)

merge with schema evolution into depot d using news n on d.depot_id = n.depot_id when matched then update set * when not matched then insert *

-- depot_id <- news.depot_id IDENTITY
-- city <- news.city IDENTITY
-- capacity <- news.capacity IDENTITY
-- rows <- depot.depot_id JOIN
-- rows <- news.depot_id JOIN

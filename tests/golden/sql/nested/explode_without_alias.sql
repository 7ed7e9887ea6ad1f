-- dialect: spark
-- basket(id int, items array<struct<sku string, qty int>>)
-- rule: explode without alias gives a column `col` (https://spark.apache.org/docs/latest/api/sql/index.html#explode)

select id, col.sku from (select id, explode(items) from basket)

-- id <- basket.id IDENTITY
-- sku <- basket.items TRANSFORMATION
-- rows <- basket.items FILTER

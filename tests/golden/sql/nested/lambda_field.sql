-- dialect: spark
-- basket(id int, items array<struct<sku string, qty int>>)
-- rule: a field of a lambda's parameter is a field of the elements (https://spark.apache.org/docs/latest/api/sql/index.html#filter)

select filter(items, i -> i.qty > id) as many from basket

-- many <- basket.id TRANSFORMATION
-- many <- basket.items TRANSFORMATION

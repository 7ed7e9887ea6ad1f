-- dialect: snowflake
-- events(id int, payload variant)
-- rule: a path into a variant is made of the column (https://docs.snowflake.com/en/user-guide/querying-semistructured)

select payload:customer.name::string as customer from events

-- customer <- events.payload TRANSFORMATION

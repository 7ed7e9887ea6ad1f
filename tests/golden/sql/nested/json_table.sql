-- dialect: oracle
-- note(id number, doc clob)
-- rule: the columns are those that COLUMNS lists (https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/JSON_TABLE.html)

select id, sku from note, json_table(doc, '$[*]' columns (sku varchar2(10) path '$.sku')) j

-- id <- note.id IDENTITY
-- sku <- note.doc TRANSFORMATION
-- rows <- note.doc FILTER

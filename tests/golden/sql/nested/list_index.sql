-- dialect: duckdb
-- doc(doc_id int, labels varchar[], meta STRUCT(lang varchar, size int))

select labels[1] as first, len(labels) as n from doc

-- first <- doc.labels TRANSFORMATION
-- n <- doc.labels TRANSFORMATION

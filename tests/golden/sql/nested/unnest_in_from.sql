-- dialect: duckdb
-- doc(doc_id int, labels varchar[], meta STRUCT(lang varchar, size int))
-- rule: an unnested list decides how many rows there are

select u.label from doc, unnest(labels) as u(label)

-- label <- doc.labels TRANSFORMATION
-- rows <- doc.labels FILTER

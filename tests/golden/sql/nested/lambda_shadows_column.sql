-- dialect: duckdb
-- doc(doc_id int, labels varchar[], meta STRUCT(lang varchar, size int))
-- rule: the parameter is not the column of that name

select list_transform(labels, lambda doc_id: upper(doc_id)) as ups from doc

-- ups <- doc.labels TRANSFORMATION

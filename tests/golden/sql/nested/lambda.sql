-- dialect: duckdb
-- doc(doc_id int, labels varchar[], meta STRUCT(lang varchar, size int))
-- rule: a lambda's parameter is an element of the list, which flows itself

select list_transform(labels, lambda x: upper(x)) as ups from doc

-- ups <- doc.labels TRANSFORMATION

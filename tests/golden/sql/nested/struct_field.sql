-- dialect: duckdb
-- doc(doc_id int, labels varchar[], meta STRUCT(lang varchar, size int))

select meta.lang from doc

-- lang <- doc.meta TRANSFORMATION

-- dialect: postgres
-- doc(doc_id int, meta book)
-- rule: behind a column a field needs brackets: `t.meta.size` is a column of a table t.meta

select doc_id, t.meta.size as s from doc as t

-- error: unknown_column
-- doc_id <- doc.doc_id IDENTITY
-- s is made of nothing

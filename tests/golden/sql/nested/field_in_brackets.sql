-- dialect: postgres
-- doc(doc_id int, meta book)
-- rule: a field of a column of a row type stands behind brackets

select (t.meta).size as s from doc as t

-- s <- doc.meta TRANSFORMATION

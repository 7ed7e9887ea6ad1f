-- dialect: tsql
-- note(id int, doc xml)
-- rule: value() is a method of an xml column (https://learn.microsoft.com/en-us/sql/t-sql/xml/value-method-xml-data-type)

select id, doc.value('(/a/b)[1]', 'int') as b from note

-- id <- note.id IDENTITY
-- b <- note.doc TRANSFORMATION

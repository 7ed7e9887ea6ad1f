-- dialect: postgres
-- note(id int, doc jsonb)
-- rule: -> is no lambda here (https://www.postgresql.org/docs/current/functions-json.html)

select jsonb_array_length(doc -> 'items') as n from note

-- n <- note.doc TRANSFORMATION

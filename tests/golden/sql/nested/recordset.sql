-- dialect: postgres
-- doc(lines json)
-- rule: the alias tells the columns of the records (https://www.postgresql.org/docs/current/functions-json.html)

select x.* from doc d, lateral json_to_recordset(d.lines) as x(acct int, bal int)

-- acct <- doc.lines TRANSFORMATION
-- bal <- doc.lines TRANSFORMATION
-- rows <- doc.lines FILTER

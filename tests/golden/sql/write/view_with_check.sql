-- dialect: mysql
-- booking(acct int, amount int, kind varchar)
-- rule: what may be written through a view is no lineage (https://dev.mysql.com/doc/refman/8.4/en/view-check-option.html)

create view inflow as select acct from booking where kind = 'in' with cascaded check option

-- acct <- booking.acct IDENTITY
-- rows <- booking.kind FILTER

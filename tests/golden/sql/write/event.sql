-- dialect: mysql
-- ledger(acct int, bal int, note varchar)
-- booking(acct int, amount int, kind varchar)
-- rule: an event runs its statement (https://dev.mysql.com/doc/refman/8.4/en/create-event.html)

create event refill on schedule every 1 day do insert into ledger (acct) select acct from booking

-- acct <- booking.acct IDENTITY

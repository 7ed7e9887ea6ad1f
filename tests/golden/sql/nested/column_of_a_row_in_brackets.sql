-- dialect: postgres
-- booking(acct int, amount int, kind varchar)
-- rule: `(b).amount` is a field of the row, which is a column of the table (https://www.postgresql.org/docs/current/rowtypes.html)

select (b).amount from booking b

-- amount <- booking.amount IDENTITY

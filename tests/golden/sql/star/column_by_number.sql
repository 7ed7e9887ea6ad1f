-- dialect: duckdb
-- booking(acct int, amount int, kind varchar)
-- rule: `#2` is the second column of FROM, and is called as that

select #2, #1 + 1 as next from booking where #3 = 'in'

-- amount <- booking.amount IDENTITY
-- next <- booking.acct TRANSFORMATION
-- rows <- booking.kind FILTER

-- dialect: athena
-- booking(acct int, amount int, kind varchar)
-- rule: UNLOAD writes what its query gives (https://docs.aws.amazon.com/athena/latest/ug/unload.html)

unload (select acct, amount from booking where kind = 'in') to 's3://out/booking' with (format = 'parquet')

-- acct <- booking.acct IDENTITY
-- amount <- booking.amount IDENTITY
-- rows <- booking.kind FILTER

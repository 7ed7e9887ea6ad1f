-- dialect: redshift
-- ledger(acct int, bal int, note varchar)
-- booking(acct int, amount int, kind varchar)
-- rule: VALUES without a list goes into all columns in order (https://docs.aws.amazon.com/redshift/latest/dg/r_MERGE.html)

merge into ledger using booking b on ledger.acct = b.acct when matched then update set bal = b.amount when not matched then insert values (b.acct, b.amount, b.kind)

-- bal <- booking.amount IDENTITY
-- acct <- booking.acct IDENTITY
-- note <- booking.kind IDENTITY
-- rows <- booking.acct JOIN
-- rows <- ledger.acct JOIN

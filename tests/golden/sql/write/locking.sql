-- dialect: teradata
-- booking(acct int, amount int, kind varchar)
-- rule: a lock is for the statement behind it (https://docs.teradata.com/r/Enterprise_IntelliFlex_VMware/SQL-Data-Manipulation-Language/Statement-Syntax/LOCKING-Request-Modifier)

locking row for access select acct from booking

-- acct <- booking.acct IDENTITY

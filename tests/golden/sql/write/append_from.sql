-- dialect: redshift
-- ledger(acct int, bal int, note varchar)
-- incoming(acct int, bal int, note varchar)
-- rule: APPEND moves all rows into a table of the same columns (https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE_APPEND.html)

alter table ledger append from incoming

-- acct <- incoming.acct IDENTITY
-- bal <- incoming.bal IDENTITY
-- note <- incoming.note IDENTITY

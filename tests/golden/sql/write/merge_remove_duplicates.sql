-- dialect: redshift
-- ledger(acct int, bal int, note varchar)
-- incoming(acct int, bal int, note varchar)
-- rule: rows of the source take the place of those that they match (https://docs.aws.amazon.com/redshift/latest/dg/r_MERGE.html)

merge into ledger using incoming i on ledger.acct = i.acct remove duplicates

-- acct <- incoming.acct IDENTITY
-- bal <- incoming.bal IDENTITY
-- note <- incoming.note IDENTITY
-- rows <- incoming.acct JOIN
-- rows <- ledger.acct JOIN

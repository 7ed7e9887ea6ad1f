-- dialect: databricks
-- ledger(acct int, bal int, note varchar)
-- incoming(acct int, batch int)
-- rule: with schema evolution the target gets the columns that only the source has (https://docs.databricks.com/aws/en/sql/language-manual/delta-merge-into)

merge with schema evolution into ledger l using incoming i on l.acct = i.acct when not matched then insert *

-- acct <- incoming.acct IDENTITY
-- batch <- incoming.batch IDENTITY
-- rows <- incoming.acct JOIN
-- rows <- ledger.acct JOIN

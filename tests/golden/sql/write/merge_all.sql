-- dialect: databricks
-- ledger(acct int, bal int, note varchar)
-- incoming(acct int, bal int, note varchar)
-- rule: UPDATE SET * and INSERT * go by name (https://docs.databricks.com/aws/en/sql/language-manual/delta-merge-into)

merge into ledger l using incoming i on l.acct = i.acct when matched then update set * when not matched then insert *

-- acct <- incoming.acct IDENTITY
-- bal <- incoming.bal IDENTITY
-- note <- incoming.note IDENTITY
-- rows <- incoming.acct JOIN
-- rows <- ledger.acct JOIN

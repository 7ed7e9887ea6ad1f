-- dialect: databricks
-- ledger(acct int, bal int, note varchar)
-- incoming(acct int, bal int, note varchar, batch int)
-- rule: `*` is of the target's columns: what only the source has is left out (https://docs.databricks.com/aws/en/sql/language-manual/delta-merge-into)

merge into ledger l using incoming i on l.acct = i.acct when matched then update set * when not matched then insert *

-- acct <- incoming.acct IDENTITY
-- bal <- incoming.bal IDENTITY
-- note <- incoming.note IDENTITY
-- rows <- incoming.acct JOIN
-- rows <- ledger.acct JOIN

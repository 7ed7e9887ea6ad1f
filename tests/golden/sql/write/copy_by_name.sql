-- dialect: snowflake
-- ledger(acct int, bal int, note varchar)
-- rule: MATCH_BY_COLUMN_NAME: the columns of a file go by their names (https://docs.snowflake.com/en/sql-reference/sql/copy-into-table)

copy into ledger from @stage/ledger file_format = (type = parquet) match_by_column_name = case_insensitive

-- acct <- @stage/ledger.acct IDENTITY
-- bal <- @stage/ledger.bal IDENTITY
-- note <- @stage/ledger.note IDENTITY

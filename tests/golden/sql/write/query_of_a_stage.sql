-- dialect: snowflake
-- rule: staged files are read as a table is; their columns are called by their number (https://docs.snowflake.com/en/user-guide/querying-stage)

select t.$1 as acct, t.$2:amount::int as amount from @stage/ledger (file_format => 'lines') t where $3 = 'x'

-- acct <- @stage/ledger.$1 IDENTITY
-- amount <- @stage/ledger.$2 TRANSFORMATION
-- rows <- @stage/ledger.$3 FILTER

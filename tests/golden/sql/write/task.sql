-- dialect: snowflake
-- ledger(acct int, bal int, note varchar)
-- booking(acct int, amount int, kind varchar)
-- rule: a task runs its statement: what that writes flows (https://docs.snowflake.com/en/sql-reference/sql/create-task)

create or replace task refill warehouse = small schedule = '5 minute' when system$stream_has_data('changes') as insert into ledger (acct, bal) select acct, amount from booking

-- acct <- booking.acct IDENTITY
-- bal <- booking.amount IDENTITY

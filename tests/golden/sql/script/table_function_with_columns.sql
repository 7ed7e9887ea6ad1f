-- dialect: postgres
-- booking(acct int, amount int, kind varchar)
-- rule: RETURNS TABLE names the columns that a query gives in order (https://www.postgresql.org/docs/current/sql-createfunction.html)

create function inflow() returns table (entry int) language sql as $$ select acct from booking $$;
create table ledger as select entry from inflow()

-- entry <- booking.acct IDENTITY

-- dialect: oracle
-- ledger(acct int, bal int, note varchar)
-- booking(acct int, amount int, kind varchar)
-- rule: LOG ERRORS says where refused rows go; nothing flows by it (https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/INSERT.html)

insert into ledger (acct, bal) select acct, amount from booking log errors into refused reject limit unlimited

-- acct <- booking.acct IDENTITY
-- bal <- booking.amount IDENTITY

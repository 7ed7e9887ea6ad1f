-- dialect: teradata
-- booking(acct int, amount int, kind varchar)
-- rule: a volatile table is gone with the session (https://docs.teradata.com/r/Enterprise_IntelliFlex_VMware/SQL-Data-Definition-Language-Syntax-and-Examples/Table-Statements/CREATE-TABLE-and-CREATE-TABLE-AS)

create volatile table kept as (select acct from booking) with data on commit preserve rows;
insert into ledger (acct) select acct from kept

-- acct <- booking.acct IDENTITY

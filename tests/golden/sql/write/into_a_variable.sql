-- dialect: oracle
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: INTO names variables (https://docs.oracle.com/en/database/oracle/oracle-database/19/lnpls/SELECT-INTO-statement.html)

select max(fee), min(fee) into most, least from parcel

-- max(fee) <- parcel.fee AGGREGATION
-- min(fee) <- parcel.fee AGGREGATION

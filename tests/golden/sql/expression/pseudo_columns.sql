-- dialect: oracle
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: ROWNUM and the values of a sequence are no columns of the table (https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/Pseudocolumns.html)

select pid, rownum as n, ids.nextval as id from parcel where rownum < 10

-- pid <- parcel.pid IDENTITY
-- n is made of nothing
-- id is made of nothing

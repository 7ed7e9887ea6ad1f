-- dialect: snowflake
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- ledger(acct int, bal int, note varchar)
-- big(pid int, fee int)
-- rule: WHEN decides which rows a table gets, ELSE depends on the conditions before it (https://docs.snowflake.com/en/sql-reference/sql/insert-multi-table)

insert all when fee > 10 then into big else into ledger (acct, bal) values (pid, fee) select pid, fee from parcel where state = 'paid'

-- big: pid <- parcel.pid IDENTITY
-- big: fee <- parcel.fee IDENTITY
-- big: rows <- parcel.state FILTER
-- big: rows <- parcel.fee FILTER
-- ledger: acct <- parcel.pid IDENTITY
-- ledger: bal <- parcel.fee IDENTITY
-- ledger: rows <- parcel.state FILTER
-- ledger: rows <- parcel.fee FILTER

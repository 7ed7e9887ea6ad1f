-- dialect: snowflake
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: `$2` is the second column (https://docs.snowflake.com/en/sql-reference/sql/select)

select t.$2 as who, $5 as fee from parcel t

-- who <- parcel.sender IDENTITY
-- fee <- parcel.fee IDENTITY

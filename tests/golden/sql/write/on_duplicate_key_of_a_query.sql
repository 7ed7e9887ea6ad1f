-- dialect: mysql
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- total(depot int, fee int)
-- rule: the tables that are read may be named (https://dev.mysql.com/doc/refman/8.4/en/insert-on-duplicate.html)

insert into total (depot, fee) select depot, fee from parcel p on duplicate key update fee = p.weight

-- depot <- parcel.depot IDENTITY
-- fee <- parcel.fee IDENTITY
-- fee <- parcel.weight IDENTITY

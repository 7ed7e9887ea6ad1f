-- dialect: mysql
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)
-- rule: a column that is set belongs to the table that its name says (https://dev.mysql.com/doc/refman/8.4/en/update.html)

update parcel p join depot d on d.depot_id = p.depot set p.fee = d.capacity, d.city = p.state

-- parcel: fee <- depot.capacity IDENTITY
-- parcel: fee <~ depot.depot_id CONDITIONAL
-- parcel: fee <~ parcel.depot CONDITIONAL
-- depot: city <- parcel.state IDENTITY
-- depot: city <~ depot.depot_id CONDITIONAL
-- depot: city <~ parcel.depot CONDITIONAL

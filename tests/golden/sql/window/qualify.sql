-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- depot(depot_id int, city varchar, capacity int)
-- rule: a window's keys decide its number, and the number decides the rows: the first subtype is kept

select pid from parcel qualify row_number() over (partition by depot order by sent_at) = 1

-- pid <- parcel.pid IDENTITY
-- rows <- parcel.depot WINDOW
-- rows <- parcel.sent_at WINDOW

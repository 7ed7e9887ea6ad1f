-- dialect: postgres
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)

select pid, rank() over (partition by depot order by fee desc) as place from parcel

-- pid <- parcel.pid IDENTITY
-- place is made of nothing
-- place <~ parcel.depot WINDOW
-- place <~ parcel.fee WINDOW

-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)

select v.lbl, v.num from parcel p, lateral (values ('w', p.weight), ('f', p.fee)) v(lbl, num)

-- lbl is made of nothing
-- num <- parcel.weight IDENTITY
-- num <- parcel.fee IDENTITY

-- dialect: postgres
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: a function that is one SQL expression is put in where it is called

create function twice(x int) returns int language sql as 'select case when x > 3 then x end';
create table v as select twice(fee) as t from parcel

-- t <- parcel.fee TRANSFORMATION
-- t <~ parcel.fee CONDITIONAL

-- dialect: duckdb
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: a macro is its expression, put in where it is called

create macro paid(s, amount) as case when s = 'paid' then amount else 0 end;
create table v as select paid(state, fee) as p from parcel

-- p <- parcel.fee TRANSFORMATION
-- p <~ parcel.state CONDITIONAL

-- dialect: postgres
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: a renamed table keeps its columns under the new name

alter table parcel rename to package;
create table v as select * from package

-- pid <- package.pid IDENTITY
-- sender <- package.sender IDENTITY
-- depot <- package.depot IDENTITY
-- weight <- package.weight IDENTITY
-- fee <- package.fee IDENTITY
-- state <- package.state IDENTITY
-- sent_at <- package.sent_at IDENTITY

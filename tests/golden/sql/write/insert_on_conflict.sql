-- dialect: postgres
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- ledger(acct int, bal int, note varchar)
-- rule: ON CONFLICT is as MERGE on the conflict key

insert into ledger (acct, bal) select pid, fee from parcel on conflict (acct) do update set bal = excluded.bal

-- acct <- parcel.pid IDENTITY
-- bal <- parcel.fee IDENTITY
-- rows <- ledger.acct JOIN
-- rows <- parcel.pid JOIN

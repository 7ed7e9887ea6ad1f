-- dialect: postgres
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: the statement behind it is bound nevertheless

{{ config(materialized='table') }};
select pid from parcel

-- error: unsupported
-- pid <- parcel.pid IDENTITY

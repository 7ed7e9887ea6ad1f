-- dialect: postgres
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)

select pid from {{ ref('parcel') }};
select fee from parcel

-- error: unsupported
-- fee <- parcel.fee IDENTITY

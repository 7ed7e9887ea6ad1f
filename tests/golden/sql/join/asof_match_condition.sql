-- dialect: snowflake
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- quote(depot int, price int, at date)
-- rule: an ASOF JOIN keeps the rows of its left side (https://docs.snowflake.com/en/sql-reference/constructs/asof-join)

select p.pid, q.price
from parcel p asof join quote q match_condition (p.sent_at >= q.at) on p.depot = q.depot

-- pid <- parcel.pid IDENTITY
-- price <- quote.price IDENTITY
-- price <~ parcel.depot JOIN
-- price <~ parcel.sent_at JOIN
-- price <~ quote.at JOIN
-- price <~ quote.depot JOIN

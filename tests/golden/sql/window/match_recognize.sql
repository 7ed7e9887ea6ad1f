-- dialect: trino
-- parcel(pid int, sender int, depot int, weight int, fee int, state varchar, sent_at date)
-- rule: one row a match: its partition and the measures (https://trino.io/docs/current/sql/match-recognize.html)

select * from parcel match_recognize (
  partition by depot order by sent_at
  measures last(down.fee) as lowest
  pattern (start down+)
  define down as weight < prev(weight)
) m

-- depot <- parcel.depot IDENTITY
-- lowest <- parcel.fee AGGREGATION
-- rows <- parcel.depot WINDOW
-- rows <- parcel.sent_at WINDOW
-- rows <- parcel.weight FILTER

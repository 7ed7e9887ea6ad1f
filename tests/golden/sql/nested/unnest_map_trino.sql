-- dialect: trino
-- tally(id bigint, counts map(varchar, bigint))
-- rule: a map is unnested to two columns (https://trino.io/docs/current/sql/select.html#unnest)

select id, k, v from tally cross join unnest(counts) as t (k, v)

-- id <- tally.id IDENTITY
-- k <- tally.counts TRANSFORMATION
-- v <- tally.counts TRANSFORMATION
-- rows <- tally.counts FILTER

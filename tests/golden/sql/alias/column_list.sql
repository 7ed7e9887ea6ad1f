-- dialect: duckdb
-- months(k int, jan int, feb int, mar int)

select m.c2 from months as m(c1, c2)

-- c2 <- months.jan IDENTITY

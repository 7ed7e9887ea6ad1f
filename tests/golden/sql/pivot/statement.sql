-- dialect: duckdb
-- months(k int, jan int, feb int, mar int)

pivot months on k in (1, 2) using sum(jan)

-- feb <- months.feb IDENTITY
-- mar <- months.mar IDENTITY
-- 1 <- months.jan AGGREGATION
-- 1 <~ months.k CONDITIONAL
-- 2 <- months.jan AGGREGATION
-- 2 <~ months.k CONDITIONAL
-- rows <- months.feb GROUP_BY
-- rows <- months.mar GROUP_BY

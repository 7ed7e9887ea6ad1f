-- dialect: duckdb
-- parcel(pid int, size struct(w int), depot int)
-- size(w int, pid int)
-- rule: `size.w` is a field of a column here before it is of a table outside, in every clause

select (select max(pid) from parcel where size.w = 1 group by size.w order by size.w limit 1) as m from size

-- m <- parcel.pid AGGREGATION
-- m <~ parcel.size FILTER
-- m <~ parcel.size GROUP_BY
-- m <~ parcel.size SORT

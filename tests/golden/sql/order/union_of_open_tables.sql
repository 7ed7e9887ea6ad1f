-- dialect: postgres
-- rule: ORDER BY names an output column, also one of an open table

select * from a union all select * from b order by x

-- * <- a.* IDENTITY
-- * <- b.* IDENTITY

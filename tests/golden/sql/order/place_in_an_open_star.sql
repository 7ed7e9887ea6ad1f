-- dialect: postgres
-- rule: which column is the first of an open table is not known

select * from somewhere order by 1 limit 3

-- * <- somewhere.* IDENTITY
-- rows <- somewhere.* SORT

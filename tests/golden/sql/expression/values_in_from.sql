-- dialect: postgres

select a + 1 as b from (values (1, 'x'), (2, 'y')) as v(a, t) where t = 'x'

-- b is made of nothing

-- dialect: postgres

select * from unknown_table

-- * <- unknown_table.* IDENTITY

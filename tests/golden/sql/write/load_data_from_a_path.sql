-- dialect: hive
-- ledger(acct int, bal int, note varchar)
-- rule: files are moved into the table; a partition's value is told, not loaded (https://hive.apache.org/docs/latest/language/languagemanual-dml/)

load data inpath '/in/ledger' overwrite into table ledger partition (note = 'old')

-- acct <- /in/ledger.* TRANSFORMATION
-- bal <- /in/ledger.* TRANSFORMATION

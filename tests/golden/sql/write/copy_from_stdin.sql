-- dialect: redshift
-- ledger(acct int, bal int, note varchar)
-- rule: what comes by a stream has no name; so has what a program gives (https://www.postgresql.org/docs/current/sql-copy.html)

copy ledger (acct, bal) from stdin

-- acct is made of nothing
-- bal is made of nothing

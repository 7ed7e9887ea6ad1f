-- dialect: duckdb
-- ledger(acct int, bal int, note varchar)

delete from ledger where bal < 0

-- rows <- ledger.bal FILTER

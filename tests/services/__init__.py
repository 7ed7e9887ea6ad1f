"""Real servers for the tests: found, fetched if need be, started on loopback and stopped."""

"""SQLite files as the catalog opens them: pinned, with one writer, in numbered or known shapes."""

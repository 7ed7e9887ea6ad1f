"""HTTP: ingestion, health, and the pages."""

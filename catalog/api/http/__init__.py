"""HTTP: taking events in, health, metrics, the pages."""

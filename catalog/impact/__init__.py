"""Impact: what a change does to everything downstream, proved by binding the SQL again."""

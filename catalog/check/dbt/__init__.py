"""dbt projects: compiled if need be, read from what dbt wrote."""

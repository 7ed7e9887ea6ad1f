"""dbt projects, as their manifest tells them."""

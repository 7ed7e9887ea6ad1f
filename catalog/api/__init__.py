"""What the catalog answers to the outside."""

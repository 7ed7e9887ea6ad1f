"""What the columns of a query can hold, as far as its text shows: NULL, and which literals."""

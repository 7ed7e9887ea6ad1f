"""We ask: what is read from a place because somebody points at it."""

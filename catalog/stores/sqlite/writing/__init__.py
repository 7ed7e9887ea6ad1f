"""How changes are written: by one thread, each batch in one transaction."""

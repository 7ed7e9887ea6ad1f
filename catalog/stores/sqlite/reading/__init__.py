"""How questions are answered: plain functions over a connection that sees one snapshot."""

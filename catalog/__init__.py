"""Remembers facts, reasons about them and serves answers."""

"""Reasoning about lineage: what holds now, and what is reached from where. Pure."""

"""The event log: what was accepted, durably, in order, once."""

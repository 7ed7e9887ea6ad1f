"""Datasets that have several names: which names are one, and a graph in which they are."""

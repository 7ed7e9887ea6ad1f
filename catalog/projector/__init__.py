"""From the log to the graph: records are read, facts folded, what follows from them is kept."""

"""Generated histories of reports, shared by the laws, the contract suite and the benchmarks."""

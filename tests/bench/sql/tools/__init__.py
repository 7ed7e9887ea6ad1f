"""The tools that are measured, each as a module that answers one query after the other."""

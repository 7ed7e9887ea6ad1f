"""On GitHub: a check run with notes in the lines of files, and one comment on a pull request."""

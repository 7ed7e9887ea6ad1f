"""What a project's changes do beyond it: in whatever else the catalog has seen."""

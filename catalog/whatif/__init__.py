"""What if: impact over everything that the catalog has seen."""

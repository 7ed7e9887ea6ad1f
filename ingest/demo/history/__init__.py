"""The month played: which runs there were, when, and how they ended."""

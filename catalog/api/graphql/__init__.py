"""The questions that can be asked, as GraphQL types: views on the values of the core."""

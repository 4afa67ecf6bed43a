"""Read threads across the years."""

"""Read results, comparisons, and what they are computed from."""

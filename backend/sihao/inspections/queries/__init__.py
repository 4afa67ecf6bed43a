"""Read inspections."""

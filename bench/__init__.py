"""Measure the hot endpoints beside a raw floor on the same data."""

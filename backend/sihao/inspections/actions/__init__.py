"""Carry inspections out."""

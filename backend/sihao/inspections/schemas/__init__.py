"""What goes in and out about inspections."""

"""The thread across the years: from any problem to all that came of it, and back (B4)."""

"""Draft, issue and withdraw documents; confirm receipt; give files out; keep templates."""

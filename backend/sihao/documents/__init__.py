"""Official documents: drawn from what was decided, numbered, issued and archived."""

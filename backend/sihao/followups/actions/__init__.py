"""Interview, rectify, refer."""

"""Lists taken in."""

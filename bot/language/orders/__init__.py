"""Orders and their parts."""

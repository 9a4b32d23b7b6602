"""Updates that came in."""

"""People, units and posts."""

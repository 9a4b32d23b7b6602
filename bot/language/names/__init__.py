"""Names of people and units."""

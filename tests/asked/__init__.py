"""Questions in plain words to a fixed office, each with the rows that answer it."""

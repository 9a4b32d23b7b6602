"""One task and what is done with it."""

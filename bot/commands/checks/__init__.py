"""Looking whether all is in order."""

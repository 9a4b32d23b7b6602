"""Checks whether everything is in order."""

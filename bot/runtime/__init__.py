"""Wiring of the running program."""

"""Demonstration and load-test offices."""

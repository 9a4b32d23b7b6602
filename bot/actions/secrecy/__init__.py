"""Marks of secrecy."""

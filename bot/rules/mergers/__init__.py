"""Mergers of units."""

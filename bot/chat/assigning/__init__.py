"""Giving work and its drafts."""

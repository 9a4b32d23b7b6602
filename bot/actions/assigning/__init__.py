"""Assigning tasks, and their drafts."""

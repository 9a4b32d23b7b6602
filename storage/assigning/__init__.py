"""Assigning tasks, and the drafts of tasks."""

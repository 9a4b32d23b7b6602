"""The history of what was done."""

"""The office's calendar."""

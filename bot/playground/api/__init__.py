"""The emulated Bot API."""

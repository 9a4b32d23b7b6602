"""Days and hours in words."""

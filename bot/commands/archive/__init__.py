"""The archive of closed work."""

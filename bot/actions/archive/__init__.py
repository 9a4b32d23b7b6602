"""The archive of finished work."""

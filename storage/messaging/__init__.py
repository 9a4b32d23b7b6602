"""Chats and messages."""

"""Reads the meaning of Vietnamese text; uses no database, no Telegram and no clock."""

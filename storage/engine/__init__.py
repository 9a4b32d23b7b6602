"""The engines, SQLite and PostgreSQL."""

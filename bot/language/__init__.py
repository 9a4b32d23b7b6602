"""Vietnamese text in, meaning out; no database, no Telegram, no clock."""

"""The only folder that speaks Telegram: what people press and type, and what they read."""

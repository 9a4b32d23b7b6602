"""The secret that Telegram shows with each update, as others may see it."""

import hmac


def fingerprint(token: str, secret: str) -> str:
    """Return what tells secrets apart: who has not the token cannot even try guesses by it."""
    return hmac.new(token.encode(), secret.encode(), "sha256").hexdigest()

"""An error as the Bot API answers it."""

from typing import Any


class Refused(Exception):  # noqa: N818 - named as what the bot gets, like Telegram's descriptions
    """Answered to the bot as `{"ok": false, "error_code": code, "description": ...}`."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(reason: str) -> Refused:
    """400 with the prefix Telegram puts before the reason."""
    return Refused(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> Refused:
    """403 with the prefix Telegram puts before the reason."""
    return Refused(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refused:
    """409 with the prefix Telegram puts before the reason."""
    return Refused(409, f"Conflict: {reason}")


def too_many_requests(seconds: int) -> Refused:
    """429; `seconds` is when the bot may try again."""
    return Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)

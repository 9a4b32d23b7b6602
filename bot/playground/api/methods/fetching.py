"""What the bot fetches: updates and files."""

from collections.abc import Awaitable
from typing import Any

from bot.playground.api.call import Call
from bot.playground.api.messages import Json
from bot.playground.api.refused import bad_request, conflict
from bot.playground.emulator import Emulator
from bot.playground.files import MAX_DOWNLOAD

_MOST_SECONDS = 50


def get_updates(emulator: Emulator, call: Call) -> Awaitable[list[Any]]:
    """Long polling; `allowed_updates` is remembered, an empty list means the default."""
    if emulator.webhook:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    allowed = call.json("allowed_updates")
    if allowed is not None:
        emulator.updates.allowed = allowed or None
    return emulator.updates.poll(
        call.number("offset"),
        min(max(call.number("limit", 100), 1), 100),
        min(max(call.number("timeout"), 0), _MOST_SECONDS),
    )


def get_file(emulator: Emulator, call: Call) -> Json:
    """Where a file of at most 20 MB is fetched."""
    stored = emulator.files.by_id(call.text("file_id"))
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(stored.content) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return stored.shape()

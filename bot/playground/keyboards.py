"""What the Bot API accepts as reply_markup."""

from typing import Any

from bot.playground.api.refused import bad_request

MAX_BUTTONS = 100
MAX_DATA_BYTES = 64
_ACTIONS = (
    "callback_data", "url", "copy_text", "web_app", "login_url", "switch_inline_query",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "callback_game", "pay",
)  # fmt: skip

Json = dict[str, Any]


def inline_keyboard(markup: Any) -> Json | None:
    """The inline keyboard as it will be shown, or None where there is none or it is empty.

    Raises Refused as Telegram does for what it would not show.
    """
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in markup:
        return None
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(
            "can't parse inline keyboard: Array of Array of InlineKeyboardButton expected"
        )
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    shown = [[_button(button) for button in row] for row in rows if row]
    return {"inline_keyboard": shown} if shown else None


def other_keyboard(markup: Any) -> Json | None:
    """A reply keyboard, its removal or a forced reply: shown to people, never sent back."""
    kinds = ("keyboard", "remove_keyboard", "force_reply")
    return markup if isinstance(markup, dict) and any(kind in markup for kind in kinds) else None


def _button(button: Any) -> Json:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not button["text"].strip():
        raise bad_request("can't parse inline keyboard button: Button text must be non-empty")
    actions = [action for action in _ACTIONS if action in button]
    if len(actions) != 1:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= MAX_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and "://" not in url and "." not in url:
        raise bad_request("BUTTON_URL_INVALID")
    return button

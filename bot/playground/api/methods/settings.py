"""Who the bot is and what its menu of commands shows to whom."""

import re

from bot.playground.api.call import Call
from bot.playground.api.messages import Json
from bot.playground.api.refused import bad_request
from bot.playground.emulator import Emulator

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_WITH_CHAT = {"chat", "chat_administrators", "chat_member"}
_SCOPES = _WITH_CHAT | {
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
}


def get_me(emulator: Emulator, call: Call) -> Json:
    """The bot itself."""
    return emulator.bot


def leave(emulator: Emulator, call: Call) -> bool:
    """logOut and close: nothing to do here."""
    return True


def set_my_commands(emulator: Emulator, call: Call) -> bool:
    """Replaces the commands of one scope and language."""
    key = _scope(emulator, call)
    commands = [_command(one) for one in call.json("commands") or []]
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    emulator.commands[key] = commands
    emulator.feed.publish("commands", 0)
    return True


def get_my_commands(emulator: Emulator, call: Call) -> list[Json]:
    """The commands of exactly this scope and language."""
    return emulator.commands.get(_scope(emulator, call), [])


def delete_my_commands(emulator: Emulator, call: Call) -> bool:
    """Empties one scope and language."""
    emulator.commands.pop(_scope(emulator, call), None)
    emulator.feed.publish("commands", 0)
    return True


def menu(emulator: Emulator, person_id: int, chat_id: int) -> list[Json]:
    """The commands this person is offered in this chat: the narrowest scope that has any."""
    private = [("chat", chat_id, 0), ("all_private_chats", 0, 0), ("default", 0, 0)]
    group = [
        ("chat_member", chat_id, person_id),
        ("chat", chat_id, 0),
        ("all_group_chats", 0, 0),
        ("default", 0, 0),
    ]
    for scope in private if chat_id > 0 else group:
        for language in ("vi", ""):
            if commands := emulator.commands.get((*scope, language)):
                return commands
    return []


def _scope(emulator: Emulator, call: Call) -> tuple[str, int, int, str]:
    scope = call.json("scope") or {"type": "default"}
    kind = scope.get("type")
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    chat_id = user_id = 0
    if kind in _WITH_CHAT:
        chat_id = emulator.chat(int(scope.get("chat_id", 0))).id
    if kind == "chat_member":
        user_id = int(scope.get("user_id", 0))
    return kind, chat_id, user_id, call.text("language_code")


def _command(given: Json) -> Json:
    name = str(given.get("command", "")).removeprefix("/")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    description = str(given.get("description", ""))
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}

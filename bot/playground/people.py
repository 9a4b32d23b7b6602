"""Who is in the playground: people, the bot, groups, in the shapes the Bot API shows."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Person:
    """Someone with a Telegram account. `parent` is the unit above theirs; `started` whether the
    bot may write to them first."""

    id: int
    name: str
    username: str = ""
    position: str = ""
    unit: str = ""
    parent: str = ""
    role: str = ""
    started: bool = False
    blocked: bool = False
    user: Json = field(init=False, repr=False)
    chat: Json = field(init=False, repr=False)

    def __post_init__(self) -> None:
        who = {"first_name": self.name} | ({"username": self.username} if self.username else {})
        self.user = {"id": self.id, "is_bot": False, **who, "language_code": "vi"}
        self.chat = {"id": self.id, **who, "type": "private"}

    def view(self) -> Json:
        """What the page and the phone show."""
        shown = (
            *("id", "name", "username", "position", "unit", "parent"),
            *("role", "started", "blocked"),
        )
        return {key: getattr(self, key) for key in shown}


@dataclass
class Group:
    """A supergroup with the bot in it; a forum when it has topics (name by thread id).

    Without `bot_is_admin` the bot hears only what Telegram's privacy mode lets through.
    """

    id: int
    title: str
    members: list[int]
    topics: dict[int, str]
    bot_is_admin: bool = True
    chat: Json = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.chat = {"id": self.id, "title": self.title, "type": "supergroup"}
        if self.topics:
            self.chat["is_forum"] = True

    def view(self) -> Json:
        """What the page and the phone show."""
        topics = [{"id": key, "name": name} for key, name in self.topics.items()]
        return {"id": self.id, "title": self.title, "members": self.members, "topics": topics}


def bot_user(bot_id: int) -> Json:
    """The bot as getMe shows it."""
    return {
        "id": bot_id,
        "is_bot": True,
        "first_name": "Đôn Đốc",
        "username": "dondoc_demo_bot",
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }

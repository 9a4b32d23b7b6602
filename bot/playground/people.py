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
    """A supergroup, or a `basic` group; a forum when it has topics (name by thread id).

    `bot` is the bot's standing in it: only an administrator hears more than Telegram's privacy mode
    lets through. `moved_to` is the supergroup that a basic group became.
    """

    id: int
    title: str
    members: list[int]
    topics: dict[int, str]
    bot: str = "member"
    basic: bool = False
    moved_to: int | None = None
    chat: Json = field(init=False, repr=False)

    def __post_init__(self) -> None:
        kind = "group" if self.basic else "supergroup"
        self.chat = {"id": self.id, "title": self.title, "type": kind}
        if self.topics:
            self.chat["is_forum"] = True

    @property
    def has_bot(self) -> bool:
        """Whether the bot is in it."""
        return self.bot in ("member", "administrator")

    def view(self) -> Json:
        """What the page and the phone show; a group that moved has nobody in it any more."""
        topics = [{"id": key, "name": name} for key, name in self.topics.items()]
        members = [] if self.moved_to else self.members
        shown: Json = {"id": self.id, "title": self.title, "members": members, "topics": topics}
        return shown | {"has_bot": self.has_bot, "basic": self.basic}


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
